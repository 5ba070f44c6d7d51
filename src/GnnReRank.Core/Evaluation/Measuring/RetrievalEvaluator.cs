using GnnReRank.Evaluation.Measuring;
using GnnReRank.Evaluation.Protocols;
using GnnReRank.Running;

namespace GnnReRank;

/// <summary>Measures rankings by the field's protocols.</summary>
public static class RetrievalEvaluator
{
    // Queries a thread takes at a time: small enough to stop and to report often.
    private const int Chunk = 16;

    /// <summary>Measures one ranking: one result, or one for each setup of the revisited benchmarks, in their order.</summary>
    /// <param name="ranking">The ranking; its matrices need what the protocol asks for: labels, cameras, or a ground truth.</param>
    /// <param name="settings">The protocol and its options; null takes the defaults.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">Something the protocol needs is missing, a rank is out of range, or no query is valid.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static IReadOnlyList<RetrievalAccuracy> MeasureAll(Ranking ranking, EvaluationSettings? settings = null, ComputeOptions? options = null) =>
        PublicList.Of<RetrievalAccuracy>(settings is { Protocol: EvaluationProtocol named, Difficulty: null } && KnownProtocols.Find(named) is { UsualDifficulty: not null }
            ? [.. Enum.GetValues<Difficulty>().Select(difficulty => Measure(ranking, settings with { Difficulty = difficulty }, options))]
            : [Measure(ranking, settings, options)]);

    /// <summary>Measures one ranking; of the revisited benchmarks, where the settings name no setup, the Medium one.</summary>
    /// <param name="ranking">The ranking; its matrices need what the protocol asks for: labels, cameras, or a ground truth.</param>
    /// <param name="settings">The protocol and its options; null takes the defaults.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">Something the protocol needs is missing, a rank is out of range, or no query is valid.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <remarks>
    /// A list cut at N gives AP@N: the sum over the good images in the list, divided by min(good images, N), as GLDv2 does; by Trec,
    /// divided by all good images. Where lists differ in length, N is that of the longest, and what a shorter one does not hold counts
    /// as not found at any rank.
    /// Its inverse negative penalty is unknown where a good image lies beyond the cut, and so then is mINP; likewise MAP@R and
    /// R-precision where a list is shorter than R. The result is the same bits for every number of threads.
    /// </remarks>
    public static RetrievalAccuracy Measure(Ranking ranking, EvaluationSettings? settings = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        settings ??= new EvaluationSettings();
        options ??= ComputeOptions.Default;
        StageReporter reporter = new(StageNames.Measuring, ranking.QueryCount, StageUnits.Queries, options);
        EvaluationPlan plan = new(ranking, settings);
        CheckRanks(settings.Ranks, plan.Depth);
        foreach (string warning in EvaluationWarnings.Of(plan))
        {
            options.Warn?.Invoke(warning);
        }

        QueryOutcome[] outcomes = new QueryOutcome[ranking.QueryCount];
        Workers.ForRanges(options.ThreadCount, ranking.QueryCount, Chunk, () => MeasurerOf(plan), (measurer, from, to) =>
        {
            for (int query = from; query < to; query++)
            {
                outcomes[query] = measurer.Measure(query);
                reporter.Advance(1);
            }
        });
        RetrievalAccuracy accuracy = new AccuracySummary(plan, outcomes).Take(options);
        string own = accuracy.OwnImageCount > 0 ? FormattableString.Invariant($", {accuracy.OwnImageCount:N0} own images left out") : string.Empty;
        reporter.Complete(FormattableString.Invariant(
            $"{accuracy.ValidQueryCount:N0} of {accuracy.QueryCount:N0} queries valid, lists of {accuracy.Depth:N0}, {accuracy.Protocol}{own}"));
        return accuracy;
    }

    /// <summary>What measures single queries by a plan.</summary>
    internal static IQueryMeasurer MeasurerOf(EvaluationPlan plan) => plan.Draws is null ? new ListMeasurer(plan) : new SingleShotMeasurer(plan);

    private static void CheckRanks(IReadOnlyList<int> ranks, int depth)
    {
        foreach (int rank in ranks)
        {
            if (rank < 1 || rank > depth)
            {
                throw new GnnReRankException(
                    "RankOutOfRange", ErrorKind.InvalidArgument,
                    $"Rank {rank} was asked for, and the lists hold ranks 1 to {depth}. Ask within them, or rank with a larger -Top.");
            }
        }
    }
}
