using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>
/// Orders one query's scores: score descending, ties by cosine descending, then by gallery index ascending. One thread's.
/// </summary>
internal sealed unsafe class RankSorter : IDisposable
{
    private readonly RankCandidates _candidates;
    private readonly NativeBuffer<ulong> _spare;
    private readonly NativeBuffer<float> _cosines;
    private readonly NativeBuffer<int> _rows;
    private readonly NativeBuffer<int> _histograms = new(RadixSort.HistogramLength);

    public RankSorter(int galleryCount)
    {
        _candidates = new RankCandidates(galleryCount);
        _spare = new NativeBuffer<ulong>(galleryCount);
        _cosines = new NativeBuffer<float>(galleryCount);
        _rows = new NativeBuffer<int>(galleryCount);
    }

    /// <summary>The bytes that one holds.</summary>
    public static long BytesFor(long galleryCount) =>
        galleryCount * ((3 * sizeof(ulong)) + sizeof(float) + (2 * sizeof(int)));

    /// <summary>Writes the best of count scores.</summary>
    /// <param name="scores">The score of each gallery row.</param>
    /// <param name="count">The number of gallery rows.</param>
    /// <param name="cosines">What breaks ties before the index does, asked for those alone; or null.</param>
    /// <param name="query">The query, for the cosines.</param>
    /// <param name="indices">Receives the best rows; its length says how many, up to count.</param>
    /// <param name="sorted">Receives their scores; may be where the cosines come from.</param>
    public void Order(float* scores, int count, IQueryCosines? cosines, int query, Span<int> indices, Span<float> sorted)
    {
        _candidates.Take(scores, count, indices.Length, setZerosAside: cosines is not null);
        ulong* keys = _candidates.Keys;
        int ranked = _candidates.KeyCount;
        RadixSort.Sort(keys, _spare.Pointer, ranked, _histograms.Pointer);
        if (cosines is not null)
        {
            OrderTies(keys, ranked, indices.Length, cosines, query);
            if (ranked < indices.Length)
            {
                OrderByCosine(_candidates.Zeros, keys + ranked, cosines, query);
            }
        }

        int scored = Math.Min(ranked, indices.Length);
        fixed (int* target = indices)
        {
            WriteIndices(keys, indices.Length, target);
        }

        fixed (float* target = sorted)
        {
            WriteScores(keys, scored, target);
        }

        sorted[scored..].Clear();
    }

    public void Dispose()
    {
        _candidates.Dispose();
        _spare.Dispose();
        _cosines.Dispose();
        _rows.Dispose();
        _histograms.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteIndices(ulong* keys, int count, int* indices)
    {
        int half = Vector256<ulong>.Count;
        int rank = 0;
        for (; rank + (2 * half) <= count; rank += 2 * half)
        {
            Vector256.Narrow(Vector256.Load(keys + rank), Vector256.Load(keys + rank + half)).AsInt32().Store(indices + rank);
        }

        for (; rank < count; rank++)
        {
            indices[rank] = (int)(uint)keys[rank];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteScores(ulong* keys, int count, float* scores)
    {
        for (int rank = 0; rank < count; rank++)
        {
            scores[rank] = SortableKey.ToScore(~(uint)(keys[rank] >> 32));
        }
    }

    /// <summary>Orders each run of equal scores that begins before depth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OrderTies(ulong* keys, int count, int depth, IQueryCosines cosines, int query)
    {
        int last = Math.Min(count, depth);
        for (int start = 0; start < last; start++)
        {
            ulong score = keys[start] >> 32;
            if (start + 1 == count || keys[start + 1] >> 32 != score)
            {
                continue;
            }

            int end = start + 1;
            while (end < count && keys[end] >> 32 == score)
            {
                end++;
            }

            OrderRun(keys + start, end - start, cosines, query);
            start = end - 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OrderRun(ulong* run, int count, IQueryCosines cosines, int query)
    {
        ulong score = run[0] & 0xFFFF_FFFF_0000_0000;
        for (int i = 0; i < count; i++)
        {
            _rows.Pointer[i] = (int)(uint)run[i];
        }

        OrderByCosine(_rows.AsSpan(count), run, cosines, query);
        for (int i = 0; i < count; i++)
        {
            run[i] = score | (uint)run[i];
        }
    }

    /// <summary>Writes (cosine, row) keys in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OrderByCosine(ReadOnlySpan<int> rows, ulong* keys, IQueryCosines cosines, int query)
    {
        cosines.Take(query, rows, _cosines.AsSpan(rows.Length));
        for (int i = 0; i < rows.Length; i++)
        {
            keys[i] = SortableKey.BestIsSmallest(_cosines.Pointer[i], rows[i]);
        }

        RadixSort.Sort(keys, _spare.Pointer, rows.Length, _histograms.Pointer);
    }
}
