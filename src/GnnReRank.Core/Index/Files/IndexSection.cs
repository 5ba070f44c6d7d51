namespace GnnReRank.Indexing.Files;

/// <summary>Where the values of one name lie in an index file.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="ElementSize">The bytes of a value.</param>
/// <param name="Count">The number of values.</param>
/// <param name="Offset">The byte of the first.</param>
/// <param name="FirstBlock">Blocks of the sections before it.</param>
internal sealed record IndexSection(string Name, int ElementSize, long Count, long Offset, long FirstBlock)
{
    /// <summary>The bytes of the values.</summary>
    public long Length => Count * ElementSize;

    /// <summary>The byte behind the zeros that follow the values: where the next section begins.</summary>
    public long End => Offset + IndexLayout.Padded(Length);

    /// <summary>Blocks that have a checksum each.</summary>
    public int BlockCount => checked((int)((Length + IndexLayout.BlockBytes - 1) / IndexLayout.BlockBytes));
}
