using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>
/// The gallery rows that may stand among the first of a ranking, as keys to sort. Rows of score 0, often a good part of the gallery, can be
/// set aside: nothing but their cosine orders them. One thread's.
/// </summary>
internal sealed unsafe class RankCandidates : IDisposable
{
    // Scores collected before the lowest of the best are dropped again, as a multiple of the depth.
    private const int Slack = 4;
    private const int LeastSlack = 1024;

    private readonly NativeBuffer<ulong> _keys;
    private readonly NativeBuffer<ulong> _best;
    private readonly NativeBuffer<int> _zeros;
    private int _zeroCount;

    public RankCandidates(int galleryCount)
    {
        // One more: an element is written to the end of a list before it is known to belong there.
        _keys = new NativeBuffer<ulong>((long)galleryCount + 1);
        _zeros = new NativeBuffer<int>((long)galleryCount + 1);
        _best = new NativeBuffer<ulong>(galleryCount);
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
        for (int i = 0; i < count; i++)
        {
            keys[keyCount] = SortableKey.BestIsSmallest(scores[i], i);
            zeros[zeroCount] = i;
            int isZero = scores[i] == 0f ? 1 : 0;
            zeroCount += isZero;
            keyCount += 1 - isZero;
        }

        KeyCount = keyCount;
        _zeroCount = zeroCount;
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
        Selection.LargestFirst(best, count, depth);
        return SortableKey.ToScore((uint)(best[depth - 1] >> 32));
    }
}
