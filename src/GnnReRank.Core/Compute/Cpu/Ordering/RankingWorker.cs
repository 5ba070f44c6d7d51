using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>Scores and orders the gallery for ranges of queries; one thread's.</summary>
/// <param name="cosines">The thread's cosines, disposed with this.</param>
/// <param name="scorer">The thread's scorer, disposed with this; null ranks by the cosine itself.</param>
/// <param name="galleryCount">The number of gallery rows.</param>
internal sealed unsafe class RankingWorker(IQueryCosines cosines, IQueryScorer? scorer, int galleryCount) : IDisposable
{
    private readonly RankSorter _sorter = new(galleryCount);

    /// <summary>Ranks queries [from, to).</summary>
    /// <param name="from">0-based query row.</param>
    /// <param name="to">The row after the last.</param>
    /// <param name="firstRow">The query of the first row of what is received.</param>
    /// <param name="indices">Receives each query's gallery rows.</param>
    /// <param name="scores">Receives their scores; a row of it may be the one its cosines come from.</param>
    /// <param name="reporter">Told of each query done.</param>
    /// <param name="cancellationToken">Checked at least once a group.</param>
    public void Rank(
        int from, int to, int firstRow, RowBlocks<int> indices, RowBlocks<float> scores, StageReporter reporter,
        CancellationToken cancellationToken)
    {
        int groupSize = scorer?.GroupSize ?? 1;
        cosines.Prepare(from, to - from, cancellationToken);
        for (int first = from; first < to; first += groupSize)
        {
            int count = Math.Min(groupSize, to - first);
            scorer?.Score(first, count, cancellationToken);
            for (int offset = 0; offset < count; offset++)
            {
                int query = first + offset;
                int row = query - firstRow;
                if (scorer is null || scorer.UsesCosines)
                {
                    fixed (float* plain = cosines.Row(query))
                    {
                        float* mixed = scorer is null ? plain : scorer.Row(offset, plain);
                        _sorter.Order(
                            mixed, galleryCount, scorer is null ? null : cosines, query, indices[row], scores[row]);
                    }
                }
                else
                {
                    _sorter.Order(scorer.Row(offset), galleryCount, cosines, query, indices[row], scores[row]);
                }

                reporter.Advance(1);
            }
        }
    }

    public void Dispose()
    {
        cosines.Dispose();
        scorer?.Dispose();
        _sorter.Dispose();
    }
}
