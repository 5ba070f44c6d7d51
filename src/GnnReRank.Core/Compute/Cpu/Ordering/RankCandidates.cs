using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>
/// The gallery rows that may stand among the first of a ranking, as keys to sort. Rows of score 0, often a good part of the gallery, can be
/// set aside: nothing but their cosine orders them. One thread's.
/// </summary>
internal sealed unsafe class RankCandidates : IDisposable
{
    // Scores collected before the lowest of the best are dropped again, as a multiple of the depth.
    private const int Slack = 4;
    private const int LeastSlack = 1024;

    private const uint AllLanes = 0xFF;

    private readonly NativeBuffer<uint> _chosen = new((AllLanes + 1) * Vector256<float>.Count, zeroed: true);
    private readonly NativeBuffer<ulong> _keys;
    private readonly NativeBuffer<ulong> _best;
    private readonly NativeBuffer<int> _zeros;
    private int _zeroCount;

    public RankCandidates(int galleryCount)
    {
        // Eight elements are written to the end of a list before it is known how many belong there: never past the row read last.
        _keys = new NativeBuffer<ulong>(galleryCount);
        _zeros = new NativeBuffer<int>(galleryCount);
        _best = new NativeBuffer<ulong>(galleryCount);
        ListLanes(_chosen.Pointer);
    }

    /// <summary>(score, row) keys, the best smallest, with room for all rows.</summary>
    public ulong* Keys => _keys.Pointer;

    public int KeyCount { get; private set; }

    /// <summary>The rows of score 0 that were set aside, ascending: they follow all others.</summary>
    public ReadOnlySpan<int> Zeros => _zeros.AsSpan(_zeroCount);

    /// <summary>Takes every row that scores at least as the depth-th best: more than depth where that score is tied.</summary>
    public void Take(float* scores, int count, int depth, bool setZerosAside)
    {
        KeyCount = 0;
        _zeroCount = 0;
        if (depth == count)
        {
            TakeAll(scores, count);
        }
        else
        {
            TakeAtLeast(scores, count, Bound(scores, count, depth));
        }

        // A row below 0 stands behind those of 0.
        if (!setZerosAside || HasNegative())
        {
            for (int i = 0; i < _zeroCount; i++)
            {
                _keys.Pointer[KeyCount++] = SortableKey.BestIsSmallest(0f, _zeros.Pointer[i]);
            }

            _zeroCount = 0;
        }
    }

    public void Dispose()
    {
        _chosen.Dispose();
        _keys.Dispose();
        _best.Dispose();
        _zeros.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasNegative()
    {
        uint zero = ~SortableKey.Of(0f);
        for (int i = 0; i < KeyCount; i++)
        {
            if ((uint)(_keys.Pointer[i] >> 32) > zero)
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeAll(float* scores, int count)
    {
        ulong* keys = _keys.Pointer;
        int* zeros = _zeros.Pointer;
        int keyCount = 0;
        int zeroCount = 0;
        int width = Vector256<float>.Count;
        int half = Vector256<ulong>.Count;
        int start = 0;
        for (; start + width <= count; start += width)
        {
            Vector256<float> block = Vector256.Load(scores + start);
            uint isZero = Vector256.Equals(block, Vector256<float>.Zero).ExtractMostSignificantBits();
            Vector256<uint> rows = Vector256<uint>.Indices + Vector256.Create((uint)start);
            Vector256<uint> chosen = Vector256.Load(_chosen.Pointer + (isZero * width));
            Vector256.Shuffle(rows, chosen).AsInt32().Store(zeros + zeroCount);

            chosen = Vector256.Load(_chosen.Pointer + ((isZero ^ AllLanes) * width));
            Vector256<uint> ranks = Vector256.Shuffle(BestIsSmallest(block), chosen);
            rows = Vector256.Shuffle(rows, chosen);
            ((Vector256.WidenLower(ranks) << 32) | Vector256.WidenLower(rows)).Store(keys + keyCount);
            ((Vector256.WidenUpper(ranks) << 32) | Vector256.WidenUpper(rows)).Store(keys + keyCount + half);

            int zerosHere = BitOperations.PopCount(isZero);
            zeroCount += zerosHere;
            keyCount += width - zerosHere;
        }

        KeyCount = keyCount;
        _zeroCount = zeroCount;
        for (; start < count; start++)
        {
            Add(scores, start);
        }
    }

    /// <summary>The upper halves of <see cref="SortableKey.BestIsSmallest"/>, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> BestIsSmallest(Vector256<float> scores)
    {
        // Scores of zero, of either sign, are left out by the caller.
        Vector256<int> bits = scores.AsInt32();
        return ~(bits ^ ((bits >> 31) | Vector256.Create(int.MinValue))).AsUInt32();
    }

    /// <summary>For each set of lanes, which of them comes first, second and so on.</summary>
    private static void ListLanes(uint* chosen)
    {
        for (uint set = 0; set <= AllLanes; set++)
        {
            uint* next = chosen + (set * Vector256<float>.Count);
            for (uint rest = set; rest != 0; rest &= rest - 1)
            {
                *next++ = (uint)BitOperations.TrailingZeroCount(rest);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeAtLeast(float* scores, int count, float bound)
    {
        int width = Vector256<float>.Count;
        Vector256<float> bounds = Vector256.Create(bound);
        int start = 0;
        for (; start + width <= count; start += width)
        {
            uint mask = Vector256.GreaterThanOrEqual(Vector256.Load(scores + start), bounds).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1)
            {
                Add(scores, start + BitOperations.TrailingZeroCount(mask));
            }
        }

        for (; start < count; start++)
        {
            if (scores[start] >= bound)
            {
                Add(scores, start);
            }
        }
    }

    private void Add(float* scores, int row)
    {
        if (scores[row] == 0f)
        {
            _zeros.Pointer[_zeroCount++] = row;
        }
        else
        {
            _keys.Pointer[KeyCount++] = SortableKey.BestIsSmallest(scores[row], row);
        }
    }

    /// <summary>The depth-th best score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Bound(float* scores, int count, int depth)
    {
        int width = Vector256<float>.Count;
        int limit = (int)Math.Min(count, Math.Max((long)Slack * depth, LeastSlack)) - width;
        limit = Math.Max(limit, depth);
        ulong* best = _best.Pointer;
        int taken = 0;
        float bound = float.NegativeInfinity;
        int start = 0;
        for (; start + width <= count; start += width)
        {
            // Those that equal the bound leave it where it is.
            uint mask = Vector256.GreaterThan(Vector256.Load(scores + start), Vector256.Create(bound)).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1)
            {
                int row = start + BitOperations.TrailingZeroCount(mask);
                best[taken++] = SortableKey.BestIsLargest(scores[row], row);
            }

            if (taken > limit)
            {
                bound = Raise(best, taken, depth);
                taken = depth;
            }
        }

        for (; start < count; start++)
        {
            if (scores[start] > bound)
            {
                best[taken++] = SortableKey.BestIsLargest(scores[start], start);
            }
        }

        return Raise(best, taken, depth);
    }

    /// <summary>Moves the best depth keys to the front; the score of the last of them.</summary>
    private static float Raise(ulong* best, int count, int depth)
    {
        PartialSort.LargestFirst(best, count, depth);
        return SortableKey.ToScore((uint)(best[depth - 1] >> 32));
    }
}
