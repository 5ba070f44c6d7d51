using System.IO.Hashing;

namespace GnnReRank.Cluster.Files;

/// <summary>XXH3 of what may be longer than a span.</summary>
internal static unsafe class Checksums
{
    private const int Piece = 1 << 28;

    public static ulong Of(byte* bytes, long count)
    {
        XxHash3 hash = new();
        for (long at = 0; at < count; at += Piece)
        {
            hash.Append(new ReadOnlySpan<byte>(bytes + at, (int)Math.Min(Piece, count - at)));
        }

        return hash.GetCurrentHashAsUInt64();
    }
}
