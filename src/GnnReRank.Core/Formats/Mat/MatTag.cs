namespace GnnReRank.Formats.Mat;

/// <summary>The tag before each data element.</summary>
/// <param name="Type">What the element holds.</param>
/// <param name="Size">Its bytes, without tag and padding.</param>
/// <param name="IsSmall">Whether the data (up to 4 bytes) lie in the tag's second half.</param>
internal readonly record struct MatTag(MatDataType Type, uint Size, bool IsSmall)
{
    private const int Alignment = 8;
    private const int SmallDataLength = 4;

    /// <summary>The bytes from the end of the tag proper to the next tag.</summary>
    public long PaddedSize => IsSmall ? SmallDataLength : (Size + Alignment - 1L) / Alignment * Alignment;
}
