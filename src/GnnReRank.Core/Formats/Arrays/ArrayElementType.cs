namespace GnnReRank.Formats.Arrays;

/// <summary>The type of an array's elements in a file.</summary>
/// <param name="Kind">How the bytes are meant.</param>
/// <param name="Size">The bytes of one element: 1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">Whether the highest byte comes first.</param>
internal readonly record struct ArrayElementType(ElementKind Kind, int Size, bool IsBigEndian)
{
    /// <summary>The type's name for messages, as numpy calls it: float32, int64, ...</summary>
    public override string ToString()
    {
        string kind = Kind switch
        {
            ElementKind.FloatingPoint => "float",
            ElementKind.SignedInteger => "int",
            _ => "uint",
        };
        return $"{kind}{Size * 8}";
    }
}
