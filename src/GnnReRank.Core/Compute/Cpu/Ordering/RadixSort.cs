using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>
/// Sorts 64-bit keys, ascending. The range that their upper 32 bits span is cut into 2^22 steps and sorted by those in two passes of
/// 11 bits, the least significant first; the few keys that share a step are compared.
/// </summary>
internal static unsafe class RadixSort
{
    /// <summary>Elements of the histograms a call needs.</summary>
    public const int HistogramLength = 2 * Buckets;

    // A histogram of 8 KB stays in the first-level cache.
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int Mask = Buckets - 1;

    // Below this, the passes cost more than a comparison sort.
    private const int SmallCount = 384;

    // Keys of one step: longer runs than this are left to a sort that is never quadratic.
    private const int LongRun = 16;

    /// <summary>Sorts count keys in place.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="spare">As long as keys.</param>
    /// <param name="count">The number of keys.</param>
    /// <param name="histograms"><see cref="HistogramLength"/> counters.</param>
    public static void Sort(ulong* keys, ulong* spare, int count, int* histograms)
    {
        if (count < SmallCount)
        {
            new Span<ulong>(keys, count).Sort();
            return;
        }

        (uint lowest, uint highest) = Range(keys, count);
        int shift = Math.Max(0, 32 - (2 * DigitBits) - System.Numerics.BitOperations.LeadingZeroCount(highest - lowest));
        Count(keys, count, lowest, shift, histograms);
        Pass(keys, spare, count, lowest, shift, histograms);
        Pass(spare, keys, count, lowest, shift + DigitBits, histograms + Buckets);
        Finish(keys, count, lowest, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (uint Lowest, uint Highest) Range(ulong* keys, int count)
    {
        int width = Vector256<ulong>.Count;
        Vector256<uint> lowest = Vector256<uint>.AllBitsSet;
        Vector256<uint> highest = Vector256<uint>.Zero;
        int i = 0;
        for (; i + width <= count; i += width)
        {
            // The lower halves ride along.
            Vector256<uint> halves = Vector256.Load(keys + i).AsUInt32();
            lowest = Vector256.Min(lowest, halves);
            highest = Vector256.Max(highest, halves);
        }

        uint least = uint.MaxValue;
        uint most = 0;
        for (int half = 1; half < Vector256<uint>.Count; half += 2)
        {
            least = Math.Min(least, lowest[half]);
            most = Math.Max(most, highest[half]);
        }

        for (; i < count; i++)
        {
            least = Math.Min(least, (uint)(keys[i] >> 32));
            most = Math.Max(most, (uint)(keys[i] >> 32));
        }

        return (least, most);
    }

    /// <summary>For each digit the position at which each of its values begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(ulong* keys, int count, uint lowest, int shift, int* histograms)
    {
        int* low = histograms;
        int* high = low + Buckets;
        new Span<int>(histograms, HistogramLength).Clear();
        for (int i = 0; i < count; i++)
        {
            uint step = ((uint)(keys[i] >> 32) - lowest) >> shift;
            low[step & Mask]++;
            high[step >> DigitBits]++;
        }

        int lowStart = 0;
        int highStart = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            (low[bucket], lowStart) = (lowStart, lowStart + low[bucket]);
            (high[bucket], highStart) = (highStart, highStart + high[bucket]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(ulong* source, ulong* target, int count, uint lowest, int shift, int* starts)
    {
        for (int i = 0; i < count; i++)
        {
            ulong key = source[i];
            target[starts[(((uint)(key >> 32) - lowest) >> shift) & Mask]++] = key;
        }
    }

    /// <summary>Orders the keys within each step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(ulong* keys, int count, uint lowest, int shift)
    {
        for (int i = 1; i < count; i++)
        {
            if (keys[i] < keys[i - 1])
            {
                i = FinishRun(keys, i, count, lowest, shift);
            }
        }
    }

    /// <summary>Orders the step that the key before position, and the key there, belong to; its last position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FinishRun(ulong* keys, int position, int count, uint lowest, int shift)
    {
        uint step = ((uint)(keys[position] >> 32) - lowest) >> shift;
        int start = position - 1;
        while (start > 0 && ((uint)(keys[start - 1] >> 32) - lowest) >> shift == step)
        {
            start--;
        }

        int end = position + 1;
        while (end < count && ((uint)(keys[end] >> 32) - lowest) >> shift == step)
        {
            end++;
        }

        if (end - start > LongRun)
        {
            new Span<ulong>(keys + start, end - start).Sort();
            return end - 1;
        }

        for (int i = start + 1; i < end; i++)
        {
            ulong key = keys[i];
            int j = i - 1;
            for (; j >= start && keys[j] > key; j--)
            {
                keys[j + 1] = keys[j];
            }

            keys[j + 1] = key;
        }

        return end - 1;
    }
}
