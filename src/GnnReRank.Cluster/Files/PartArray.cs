namespace GnnReRank.Cluster.Files;

/// <summary>One array of a file.</summary>
/// <param name="Name">ASCII, at most <see cref="PartHeader.LongestName"/> characters.</param>
/// <param name="ElementSize">Bytes a value.</param>
/// <param name="Count">Values.</param>
/// <param name="Offset">The byte where the first lies.</param>
/// <param name="Hash">XXH3 of its bytes.</param>
internal sealed record PartArray(string Name, int ElementSize, long Count, long Offset, ulong Hash)
{
    public long ByteCount => Count * ElementSize;
}
