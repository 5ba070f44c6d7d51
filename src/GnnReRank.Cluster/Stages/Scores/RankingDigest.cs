using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>XXH128 of a ranking: all indices, then all scores, however the queries were shared out.</summary>
internal sealed class RankingDigest
{
    private readonly XxHash128 _hash = new();

    public void Append<T>(ReadOnlySpan<T> values)
        where T : unmanaged => _hash.Append(MemoryMarshal.AsBytes(values));

    /// <summary>Its two halves.</summary>
    public ulong[] Halves()
    {
        byte[] bytes = _hash.GetCurrentHash();
        return [BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8))];
    }
}
