using GnnReRank.Compute;
using GnnReRank.Compute.Cpu;
using GnnReRank.Evaluation;

namespace GnnReRank;

/// <summary>Measures rankings by the field's protocols.</summary>
public static class RetrievalEvaluator
{
    // Queries a thread takes at a time: small enough to stop and to report often.
    private const int Chunk = 16;

    private static readonly int[] UsualRanks = [1, 5, 10, 20];

    /// <summary>Measures one ranking: one result, or one for each setup of the revisited benchmarks, in their order.</summary>
    /// <param name="ranking">The ranking; its matrices need labels, and cameras where the protocol asks for them.</param>
    /// <param name="settings">The protocol and its options; null takes the defaults.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">Labels or cameras are missing, a rank is out of range, or no query is valid.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <remarks>
    /// A list cut at N gives AP@N: the sum over the good images in the list, divided by min(good images, N), as GLDv2 does.
    /// Its inverse negative penalty is unknown where a good image lies beyond the cut, and so then is mINP.
    /// </remarks>
    public static IReadOnlyList<RetrievalAccuracy> MeasureAll(Ranking ranking, EvaluationSettings? settings = null, ComputeOptions? options = null) =>
        [Measure(ranking, settings, options)];

    /// <summary>Measures one ranking; of the revisited benchmarks, where the settings name no setup, the Medium one.</summary>
    /// <param name="ranking">The ranking; its matrices need what the protocol asks for: labels, cameras, or a ground truth.</param>
    /// <param name="settings">The protocol and its options; null takes the defaults.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">Something the protocol needs is missing, a rank is out of range, or no query is valid.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static RetrievalAccuracy Measure(Ranking ranking, EvaluationSettings? settings = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        settings ??= new EvaluationSettings();
        options ??= ComputeOptions.Default;
        CheckRanks(settings.Ranks, ranking.Depth);
        StageReporter reporter = new(StageNames.Measuring, ranking.QueryCount, options);
        IRelevanceRule rule = RelevanceRules.For(settings, ranking.Query, ranking.Gallery);
        QueryAccuracy[] queries = new QueryAccuracy[ranking.QueryCount];
        int[] rankedCounts = new int[ranking.QueryCount];
        Workers.ForRanges(options.ThreadCount, ranking.QueryCount, Chunk, (from, to) =>
        {
            for (int query = from; query < to; query++)
            {
                queries[query] = QueryWalk.Take(ranking, query, rule, settings.ApKind ?? ApKind.Trapezoid, out rankedCounts[query]);
                reporter.Advance(1);
            }
        });
        RetrievalAccuracy accuracy = Summarize(ranking, settings, rule, queries, rankedCounts);
        reporter.Complete(FormattableString.Invariant(
            $"{accuracy.ValidQueryCount:N0} of {accuracy.QueryCount:N0} queries valid, lists of {accuracy.Depth:N0}, {accuracy.Protocol}"));
        return accuracy;
    }

    private static RetrievalAccuracy Summarize(
        Ranking ranking, EvaluationSettings settings, IRelevanceRule rule, QueryAccuracy[] queries, int[] rankedCounts)
    {
        int valid = queries.Count(query => query.IsValid);
        if (valid == 0)
        {
            throw new GnnReRankException(
                "NoValidQuery", ErrorKind.InvalidData,
                $"None of the {queries.Length:N0} queries has a gallery image {rule.GoodInWords}, so there is nothing to measure. " +
                "Check that query and gallery labels are of the same numbering, or choose another -Protocol.");
        }

        double divisor = (settings.Divisor ?? QueryDivisor.Valid) == QueryDivisor.All ? queries.Length : valid;
        double mean = queries.Sum(query => query.AveragePrecision ?? 0) / divisor;
        double[] cmc = CmcCurve.Of(queries, rankedCounts, ranking.Depth, divisor);
        bool everyGoodFound = queries.All(query => !query.IsValid || query.InversePenalty is not null);
        return new RetrievalAccuracy
        {
            mAP = ranking.IsFull ? mean : null,
            mAPAtDepth = ranking.IsFull ? null : mean,
            MeanName = ranking.IsFull ? "mAP" : $"mAP@{ranking.Depth}",
            mINP = everyGoodFound ? queries.Sum(query => query.InversePenalty ?? 0) / divisor : null,
            Cmc = Array.AsReadOnly(cmc),
            Ranks = Array.AsReadOnly(RanksOf(settings.Ranks, cmc)),
            QueryCount = queries.Length,
            ValidQueryCount = valid,
            GalleryCount = ranking.GalleryCount,
            Depth = ranking.Depth,
            Protocol = rule.Protocol,
            ApKind = settings.ApKind ?? ApKind.Trapezoid,
            Divisor = settings.Divisor ?? QueryDivisor.Valid,
            Settings = ranking.Settings,
            PerQuery = Array.AsReadOnly(queries),
        };
    }

    private static RankAccuracy[] RanksOf(IReadOnlyList<int> asked, double[] cmc) =>
    [
        .. UsualRanks.Concat(asked).Distinct().Order().Select(rank => new RankAccuracy(rank, rank <= cmc.Length ? cmc[rank - 1] : null)),
    ];

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
