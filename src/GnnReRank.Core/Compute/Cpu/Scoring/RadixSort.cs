using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>Sorts 64-bit keys by their upper 32 bits, ascending and stable.</summary>
internal static unsafe class RadixSort
{
    /// <summary>Elements of the histograms a call needs.</summary>
    public const int HistogramLength = 3 * Buckets;

    // Three passes of 11, 11 and 10 bits: a histogram of 8 KB stays in the first-level cache.
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int Mask = Buckets - 1;

    // Below this, three passes cost more than a comparison sort.
    private const int SmallCount = 512;

    /// <summary>Sorts count keys; either buffer may hold the result.</summary>
    /// <param name="keys">The keys; those of equal upper bits must ascend.</param>
    /// <param name="spare">As long as keys.</param>
    /// <param name="count">The number of keys.</param>
    /// <param name="histograms"><see cref="HistogramLength"/> counters.</param>
    /// <returns>The buffer that holds the sorted keys.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong* Sort(ulong* keys, ulong* spare, int count, int* histograms)
    {
        if (count < SmallCount)
        {
            new Span<ulong>(keys, count).Sort();
            return keys;
        }

        int* low = histograms;
        int* middle = low + Buckets;
        int* high = middle + Buckets;
        new Span<int>(histograms, HistogramLength).Clear();
        for (int i = 0; i < count; i++)
        {
            uint key = (uint)(keys[i] >> 32);
            low[key & Mask]++;
            middle[(key >> DigitBits) & Mask]++;
            high[key >> (2 * DigitBits)]++;
        }

        ToStarts(low);
        ToStarts(middle);
        ToStarts(high);
        Pass(keys, spare, count, low, 32);
        Pass(spare, keys, count, middle, 32 + DigitBits);
        Pass(keys, spare, count, high, 32 + (2 * DigitBits));
        return spare;
    }

    private static void ToStarts(int* histogram)
    {
        int start = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            (histogram[bucket], start) = (start, start + histogram[bucket]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(ulong* source, ulong* target, int count, int* starts, int shift)
    {
        for (int i = 0; i < count; i++)
        {
            ulong key = source[i];
            target[starts[(int)(key >> shift) & Mask]++] = key;
        }
    }
}
