namespace GnnReRank.Formats.Arrays;

/// <summary>Sizes of arrays as files claim them: any numbers at all, until they are checked.</summary>
internal static class ArrayShape
{
    /// <summary>The product of the extents; <see cref="long.MaxValue"/> where it is larger than that.</summary>
    public static long ElementCount(IReadOnlyList<long> shape)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        Int128 count = 1;
        foreach (long extent in shape)
        {
            count *= extent;
            if (count > long.MaxValue)
            {
                return long.MaxValue;
            }
        }

        return (long)count;
    }

    /// <summary>Whether exactly this many bytes hold the elements.</summary>
    public static bool Fills(IReadOnlyList<long> shape, int elementSize, long byteCount) =>
        (Int128)ElementCount(shape) * elementSize == byteCount;

    /// <summary>The length of a list of one value a row, kept as n, n x 1 or 1 x n; null for any other shape.</summary>
    public static long? ListLength(IReadOnlyList<long> shape) => shape switch
    {
        [long length] => length,
        [1, long length] => length,
        [long length, 1] => length,
        _ => null,
    };

    /// <summary>The shape for a message: "(100 x 64)".</summary>
    public static string Text(IReadOnlyList<long> shape) => $"({string.Join(" x ", shape)})";
}
