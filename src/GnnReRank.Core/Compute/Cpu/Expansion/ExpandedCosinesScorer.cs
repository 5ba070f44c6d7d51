using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Compute.Cpu.Expansion;

/// <summary>The mean cosines of a few queries at a time; one thread's.</summary>
/// <param name="expanded">What each vertex is expanded by.</param>
/// <param name="means">The mean of each query's expanded rows.</param>
/// <param name="queryCount">n_q.</param>
/// <param name="galleryCount">n_g.</param>
/// <param name="meanCosines">The cosines of means with the gallery; disposed with this.</param>
/// <param name="queryCosines">The cosines of queries with each other; disposed with this.</param>
internal sealed unsafe class ExpandedCosinesScorer(
    ExpandedNeighbors expanded, MeanRows means, int queryCount, int galleryCount, IQueryCosines meanCosines,
    IQueryCosines queryCosines)
    : IQueryScorer
{
    /// <summary>Queries that share a pass over the gallery.</summary>
    public const int MostQueries = 24;

    private readonly NativeBuffer<float> _cosines = new((long)queryCount + galleryCount);
    private readonly NativeBuffer<float> _scores = new(galleryCount);
    private int _first;

    public int GroupSize => MostQueries;

    public bool UsesCosines => true;

    public void Score(int first, int count, CancellationToken cancellationToken)
    {
        _first = first;
        meanCosines.Prepare(first, count, cancellationToken);
        queryCosines.Prepare(first, count, cancellationToken);
    }

    public float* Row(int offset) => throw new NotSupportedException("Scores are made of the cosines.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float* Row(int offset, float* cosines)
    {
        int query = _first + offset;
        queryCosines.Row(query).CopyTo(_cosines.AsSpan(queryCount));
        new ReadOnlySpan<float>(cosines, galleryCount).CopyTo(new(_cosines.Pointer + queryCount, galleryCount));
        ReadOnlySpan<float> mean = meanCosines.Row(query);
        float norm = means.Norm(query);
        float share = 1f / expanded.MostEntries;
        for (int row = 0; row < galleryCount; row++)
        {
            int* neighbors = expanded.Rows.Indices(queryCount + row);
            int length = expanded.Rows.Length(queryCount + row);
            float sum = 0;
            for (int entry = 0; entry < length; entry++)
            {
                sum += _cosines.Pointer[neighbors[entry]];
            }

            _scores.Pointer[row] = 0.5f * ((mean[row] * norm) + (sum * share));
        }

        return _scores.Pointer;
    }

    public void Dispose()
    {
        meanCosines.Dispose();
        queryCosines.Dispose();
        _cosines.Dispose();
        _scores.Dispose();
    }
}
