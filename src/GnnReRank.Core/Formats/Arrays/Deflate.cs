namespace GnnReRank.Formats.Arrays;

/// <summary>What the deflate method of zip and zlib can and cannot do.</summary>
internal static class Deflate
{
    // A back reference yields at most 258 bytes and takes at least 2 bits.
    private const int HighestRatio = 258 * 8 / 2;

    /// <summary>Whether compressed data of this length can be as long as claimed; a stored entry of any length passes too.</summary>
    public static bool CanHold(long compressedLength, long claimedLength) => claimedLength / HighestRatio <= compressedLength;
}
