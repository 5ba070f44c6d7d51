using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>
/// The score (1 - lambda) m / (2 - m) + lambda (1 - d) of one query with the whole gallery, m being the sum of the minima of two
/// descriptions: of each column that the query has, the gallery rows that have it too gain the smaller of both values.
/// </summary>
/// <remarks>
/// One query at a time: queries share few columns, so that sixteen side by side would move sixteen times the memory. Sums run over the
/// query's columns in the order of its row.
/// </remarks>
internal sealed unsafe class OverlapScorer : IQueryScorer
{
    private readonly OverlapScoring _scoring;
    private readonly float _distanceShare;
    private readonly NativeBuffer<float> _sums;
    private int _query;

    public OverlapScorer(OverlapScoring scoring, float distanceShare)
    {
        _scoring = scoring;
        _distanceShare = distanceShare;
        _sums = new NativeBuffer<float>(scoring.GalleryCount);
    }

    public int GroupSize => 1;

    public bool UsesCosines => _distanceShare != 0f;

    public void Score(int first, int count, CancellationToken cancellationToken)
    {
        _query = first;
        _sums.AsSpan(_scoring.GalleryCount).Clear();
        int* columns = _scoring.Rows.Indices(first);
        float* values = _scoring.Rows.Values(first);
        int length = _scoring.Rows.Length(first);
        for (int entry = 0; entry < length; entry++)
        {
            // A column that many rows have is as long as the gallery.
            cancellationToken.ThrowIfCancellationRequested();
            AddMinima(_scoring.GalleryColumns, columns[entry], values[entry], _sums.Pointer - _scoring.QueryCount);
        }

        if (!UsesCosines)
        {
            ToOverlap(_sums.Pointer, _scoring.GalleryCount);
        }
    }

    public float* Row(int offset) => _sums.Pointer;

    public float* Row(int offset, float* cosines)
    {
        ToScores(_sums.Pointer, cosines, _scoring.Distances.ScaleOf(_query), _distanceShare, _scoring.GalleryCount);
        return _sums.Pointer;
    }

    public void Dispose() => _sums.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddMinima(SparseRows columns, int column, float value, float* sums)
    {
        int* rows = columns.Indices(column);
        float* values = columns.Values(column);
        int length = columns.Length(column);
        for (int entry = 0; entry < length; entry++)
        {
            // Both are positive numbers: the processor's own minimum will do, and needs no branch.
            sums[rows[entry]] += float.MinNative(values[entry], value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToOverlap(float* sums, int count)
    {
        int i = 0;
        for (; i + Vector256<float>.Count <= count; i += Vector256<float>.Count)
        {
            Vector256<float> sum = Vector256.Load(sums + i);
            (sum / (Vector256.Create(2f) - sum)).Store(sums + i);
        }

        for (; i < count; i++)
        {
            sums[i] /= 2f - sums[i];
        }
    }

    /// <summary>Products and sums are rounded one by one: fused, the last bit would depend on the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToScores(float* sums, float* cosines, float scale, float share, int count)
    {
        float rest = 1f - share;
        Vector256<float> one = Vector256.Create(1f);
        Vector256<float> two = Vector256.Create(2f);
        int i = 0;
        for (; i + Vector256<float>.Count <= count; i += Vector256<float>.Count)
        {
            Vector256<float> sum = Vector256.Load(sums + i);
            Vector256<float> cosine = Vector256.Load(cosines + i);
            Vector256<float> distance = Vector256.Max(two - (cosine + cosine), Vector256<float>.Zero) * scale;
            (((sum / (two - sum)) * rest) + ((one - distance) * share)).Store(sums + i);
        }

        for (; i < count; i++)
        {
            float distance = Math.Max(2f - (cosines[i] + cosines[i]), 0f) * scale;
            sums[i] = ((sums[i] / (2f - sums[i])) * rest) + ((1f - distance) * share);
        }
    }
}
