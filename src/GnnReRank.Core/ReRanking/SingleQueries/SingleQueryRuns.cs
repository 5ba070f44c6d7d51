using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.ReRanking.SingleQueries;

/// <summary>
/// Runs a method for each query with the gallery, as if there were no other. Lists are found once, of the gallery
/// alone, and each query takes its place in them.
/// </summary>
/// <param name="job">What is to be ranked, in the mode of a single run; a graph, where there is one, is the gallery's.</param>
/// <param name="neighborCount">Neighbours that the lists must have; 0 where the method finds what it needs.</param>
/// <param name="rank">The method's own run.</param>
/// <param name="backend">What computes.</param>
/// <param name="options">How the call runs.</param>
internal sealed class SingleQueryRuns(
    RankingJob job, int neighborCount, Func<RankingJob, ComputeOptions, Ranking> rank, IComputeBackend backend,
    ComputeOptions options)
{
    // Of the cosines that are held at a time.
    private const long BlockBytes = 64L << 20;

    private readonly RowBlocks<int> _indices = new(job.Query.RowCount, job.Depth);
    private readonly RowBlocks<float> _scores = new(job.Query.RowCount, job.Depth);
    private readonly HashSet<string> _warnings = [];

    /// <summary>Runs them all.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Ranking Run()
    {
        int queryCount = job.Query.RowCount;
        NeighborGraph? graph = job.Graph;
        if (graph is null && neighborCount > 0)
        {
            graph = backend.FindNeighbors(
                null, job.Gallery, Math.Min(neighborCount, job.Gallery.RowCount), options);
        }

        StageReporter reporter = new(StageNames.SingleQueries, queryCount, StageUnits.Queries, options);

        // The stages of each query would tell the same again and again.
        ComputeOptions quiet = options with { Progress = null, Log = null, Warn = options.Warn is null ? null : WarnOnce };
        long perQuery = (long)job.Gallery.RowCount * (sizeof(int) + sizeof(float));
        int block = (int)Math.Clamp(BlockBytes / perQuery, 1, queryCount);
        for (int first = 0; first < queryCount; first += block)
        {
            int count = Math.Min(block, queryCount - first);
            RankBlock(first, Rows(job.Query, first, count), graph, quiet, reporter);
        }

        reporter.Complete(FormattableString.Invariant(
            $"{queryCount:N0} queries, each alone with {job.Gallery.RowCount:N0} gallery rows"));
        return new Ranking(job.Query, job.Gallery, _indices, _scores, job.Settings);
    }

    private static FeatureMatrix Rows(FeatureMatrix matrix, int first, int count) =>
        FeatureSelector.Select(matrix, new RowSelection { Indices = [.. Enumerable.Range(first, count)] });

    private void RankBlock(
        int first, FeatureMatrix queries, NeighborGraph? graph, ComputeOptions quiet, StageReporter reporter)
    {
        RankingJob plain = job with { Query = queries, Depth = job.Gallery.RowCount, Recipe = null, Graph = null };
        Ranking? cosines = graph is null ? null : backend.Rank(plain, quiet);
        NeighborGraph? own = graph is null ? null : backend.FindNeighbors(null, queries, 1, quiet);
        QueryInsertion? insertion = graph is null ? null : new QueryInsertion(graph.WithMatrices(null, job.Gallery));
        for (int row = 0; row < queries.RowCount; row++)
        {
            FeatureMatrix query = Rows(queries, row, 1);
            NeighborGraph? inserted = insertion?.With(
                query, own!.GetScoreSpan(row)[0], cosines!.GetIndexSpan(row), cosines.GetScoreSpan(row));
            Ranking ranked = rank(job with { Query = query, Graph = inserted }, quiet);
            ranked.GetIndexSpan(0).CopyTo(_indices[first + row]);
            ranked.GetScoreSpan(0).CopyTo(_scores[first + row]);
            reporter.Advance(1);
        }
    }

    private void WarnOnce(string warning)
    {
        lock (_warnings)
        {
            if (_warnings.Add(warning))
            {
                options.Warn!(warning);
            }
        }
    }
}
