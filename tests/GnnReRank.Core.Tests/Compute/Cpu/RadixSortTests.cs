using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Ordering;

namespace GnnReRank.Tests.Compute.Cpu;

public sealed class RadixSortTests
{
    /// <summary>Upper halves by name: what the steps of the sort may stumble over.</summary>
    private static readonly Dictionary<string, Func<Random, int, uint>> s_makers = new()
    {
        ["random"] = static (random, _) => (uint)random.NextInt64(1L << 32),
        ["all the same"] = static (_, _) => 77,
        ["one bit apart"] = static (random, _) => 5u + (uint)random.Next(2),
        ["narrow"] = static (random, _) => 1_000_000u + (uint)random.Next(1 << 22),
        ["just too wide"] = static (random, i) => i == 0 ? 0 : i == 1 ? 1u << 22 : (uint)random.Next(1 << 22),
        ["crowded between extremes"] = static (random, i) => i == 0 ? 0 : i == 1 ? uint.MaxValue : 2_000_000_000u + (uint)random.Next(900),
        ["falling"] = static (_, i) => uint.MaxValue - (uint)(i * 13),
        ["scores"] = static (random, _) => SortableKey.Of((float)Math.Exp(-20 * random.NextDouble())),
    };

    public static TheoryData<string> Names => [.. s_makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public unsafe void SortsLikeAComparison(string maker)
    {
        foreach (int count in (int[])[0, 1, 2, 383, 384, 385, 1000, 4_099, 30_000])
        {
            Random random = new(count);
            ulong[] expected = [.. Enumerable.Range(0, count).Select(i => ((ulong)s_makers[maker](random, i) << 32) | (uint)random.Next(count))];
            using NativeBuffer<ulong> keys = new(count);
            using NativeBuffer<ulong> spare = new(count);
            using NativeBuffer<int> histograms = new(RadixSort.HistogramLength);
            expected.CopyTo(keys.AsSpan(count));
            RadixSort.Sort(keys.Pointer, spare.Pointer, count, histograms.Pointer);
            Array.Sort(expected);
            Assert.Equal(expected, keys.AsSpan(count).ToArray());
        }
    }
}
