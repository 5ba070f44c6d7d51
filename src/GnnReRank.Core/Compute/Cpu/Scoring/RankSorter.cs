using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>
/// Orders one query's scores: score descending, ties by cosine descending, then by gallery index ascending. One thread's.
/// </summary>
internal sealed unsafe class RankSorter : IDisposable
{
    private readonly NativeBuffer<ulong> _keys;
    private readonly NativeBuffer<ulong> _spare;
    private readonly NativeBuffer<int> _histograms = new(RadixSort.HistogramLength);

    public RankSorter(int galleryCount)
    {
        _keys = new NativeBuffer<ulong>(galleryCount);
        _spare = new NativeBuffer<ulong>(galleryCount);
    }

    /// <summary>Writes the best of count scores.</summary>
    /// <param name="scores">The score of each gallery row.</param>
    /// <param name="cosines">What breaks ties before the index does, or null.</param>
    /// <param name="count">The number of gallery rows.</param>
    /// <param name="indices">Receives the best rows; its length says how many, up to count.</param>
    /// <param name="sorted">Receives their scores.</param>
    public void Order(float* scores, float* cosines, int count, Span<int> indices, Span<float> sorted)
    {
        int candidates = indices.Length == count ? TakeAll(scores, count) : TakeBest(scores, count, indices.Length);
        ulong* keys = RadixSort.Sort(_keys.Pointer, _spare.Pointer, candidates, _histograms.Pointer);
        if (cosines is not null)
        {
            OrderTies(keys, keys == _keys.Pointer ? _spare.Pointer : _keys.Pointer, candidates, cosines);
        }

        for (int rank = 0; rank < indices.Length; rank++)
        {
            indices[rank] = (int)(uint)keys[rank];
            sorted[rank] = SortableKey.ToScore(~(uint)(keys[rank] >> 32));
        }
    }

    public void Dispose()
    {
        _keys.Dispose();
        _spare.Dispose();
        _histograms.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakeAll(float* scores, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _keys.Pointer[i] = SortableKey.BestIsSmallest(scores[i], i);
        }

        return count;
    }

    /// <summary>Takes every row that scores at least as the depth-th best: more than depth where that score is tied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakeBest(float* scores, int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            _spare.Pointer[i] = SortableKey.BestIsLargest(scores[i], i);
        }

        Selection.LargestFirst(_spare.Pointer, count, depth);
        float bound = SortableKey.ToScore((uint)(_spare.Pointer[depth - 1] >> 32));
        int taken = 0;
        for (int i = 0; i < count; i++)
        {
            if (scores[i] >= bound)
            {
                _keys.Pointer[taken++] = SortableKey.BestIsSmallest(scores[i], i);
            }
        }

        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OrderTies(ulong* keys, ulong* spare, int count, float* cosines)
    {
        int start = 0;
        while (start < count)
        {
            ulong score = keys[start] >> 32;
            int end = start + 1;
            while (end < count && keys[end] >> 32 == score)
            {
                end++;
            }

            if (end - start > 1)
            {
                OrderRun(keys + start, spare, end - start, score << 32, cosines);
            }

            start = end;
        }
    }

    private void OrderRun(ulong* run, ulong* spare, int count, ulong score, float* cosines)
    {
        for (int i = 0; i < count; i++)
        {
            int index = (int)(uint)run[i];
            run[i] = SortableKey.BestIsSmallest(cosines[index], index);
        }

        ulong* ordered = RadixSort.Sort(run, spare, count, _histograms.Pointer);
        for (int i = 0; i < count; i++)
        {
            run[i] = score | (uint)ordered[i];
        }
    }
}
