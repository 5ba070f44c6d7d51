using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Heads;

/// <summary>Scores the heads of a ranking anew, each query by itself.</summary>
internal static class HeadStage
{
    /// <summary>Runs the stage.</summary>
    /// <param name="ranking">A ranking by cosine, at least as deep as its heads and the result.</param>
    /// <param name="how">How heads are scored.</param>
    /// <param name="depth">Gallery rows to keep a query.</param>
    /// <param name="kernels">The kernels for the cosines.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static Ranking Run(Ranking ranking, HeadRescoring how, int depth, CpuKernels kernels, ComputeOptions options)
    {
        RowBlocks<int> indices = new(ranking.QueryCount, depth);
        RowBlocks<float> scores = new(ranking.QueryCount, depth);
        StageReporter reporter = new(StageNames.Heads, ranking.QueryCount, StageUnits.Queries, options);
        Workers.ForRanges(
            options.ThreadCount, ranking.QueryCount, 1,
            () => new HeadScorer(ranking, how, kernels, options.CancellationToken),
            (scorer, query, _) =>
            {
                scorer.Score(query, indices[query], scores[query]);
                reporter.Advance(1);
            });
        reporter.Complete(FormattableString.Invariant(
            $"{ranking.QueryCount:N0} queries, the first {how.Length:N0} rows each, {options.ThreadCount} threads"));
        return new Ranking(ranking.Query, ranking.Gallery, indices, scores, ranking.Settings);
    }
}
