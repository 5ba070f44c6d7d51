using System.IO.Compression;

namespace GnnReRank.Formats.Arrays;

/// <summary>What the deflate method of zip and zlib can and cannot do.</summary>
internal static class Deflate
{
    // A back reference yields at most 258 bytes and takes at least 2 bits.
    private const int HighestRatio = 258 * 8 / 2;

    /// <summary>Opens what a zlib stream holds; whoever reads it to its end has had its checksum verified.</summary>
    /// <param name="compressed">The stream's bytes, and no others behind them; disposed of together with the result.</param>
    public static Stream OpenZlib(Stream compressed) => new ZLibStream(new RequiredBytes(compressed), CompressionMode.Decompress);

    /// <summary>Whether compressed data of this length can be as long as claimed; a stored entry of any length passes too.</summary>
    public static bool CanHold(long compressedLength, long claimedLength) => claimedLength / HighestRatio <= compressedLength;
}
