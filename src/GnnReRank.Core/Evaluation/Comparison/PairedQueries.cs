using GnnReRank.Evaluation.Measuring;

namespace GnnReRank.Evaluation.Comparison;

/// <summary>Two results query by query, and what they say of it without drawing.</summary>
internal sealed class PairedQueries
{
    // Average precisions of different lists may be equal on paper and differ by rounding.
    private const double Rounding = 1e-12;

    private readonly RetrievalAccuracy _before;
    private readonly RetrievalAccuracy _after;
    private readonly QueryDifference[] _queries;

    /// <param name="before">The reference.</param>
    /// <param name="after">A result of the same queries, measured alike.</param>
    public PairedQueries(RetrievalAccuracy before, RetrievalAccuracy after)
    {
        _before = before;
        _after = after;
        _queries = [.. before.PerQuery.Zip(after.PerQuery, Difference)];
        Counted = BootstrapIntervals.Counted(before.PerQuery, before.Divisor, query => _queries[query.QueryIndex].Difference);
        GainedCount = Counted.Count(difference => difference > 0);
        LostCount = Counted.Count(difference => difference < 0);
    }

    /// <summary>One entry a query, in their order.</summary>
    public IReadOnlyList<QueryDifference> All => _queries;

    /// <summary>The differences of the queries that count.</summary>
    public double[] Counted { get; }

    public int GainedCount { get; }

    public int LostCount { get; }

    /// <summary>The comparison, with what was drawn for it.</summary>
    public RetrievalComparison Compared(ConfidenceInterval interval, double pValue, ComparisonSettings settings) => new()
    {
        Before = _before,
        After = _after,
        MeanDifference = Counted.Average(),
        DifferenceInterval = interval,
        GainedCount = GainedCount,
        LostCount = LostCount,
        EqualCount = _before.ValidQueryCount - GainedCount - LostCount,
        PValue = pValue,
        SignTestPValue = SignTest.PValue(GainedCount, LostCount),
        Alpha = settings.Alpha,
        Seed = settings.Seed,
        Queries = Array.AsReadOnly(_queries),
        MostGained = Array.AsReadOnly(Foremost(settings.Top, 1)),
        MostLost = Array.AsReadOnly(Foremost(settings.Top, -1)),
    };

    /// <summary>The queries that gained most, or lost most where the sign is -1; the largest difference first.</summary>
    public QueryDifference[] Foremost(int count, int sign) =>
    [
        .. _queries.Where(query => sign * query.Difference > 0).OrderByDescending(query => sign * query.Difference).Take(count),
    ];

    private static QueryDifference Difference(QueryAccuracy before, QueryAccuracy after)
    {
        double? difference = after.AveragePrecision - before.AveragePrecision;
        return new QueryDifference
        {
            QueryIndex = before.QueryIndex,
            QueryName = before.QueryName ?? after.QueryName,
            QueryLabel = before.QueryLabel,
            Before = before.AveragePrecision,
            After = after.AveragePrecision,
            Difference = Math.Abs(difference ?? 1) <= Rounding ? 0 : difference,
            FirstMatchBefore = before.FirstMatchRank,
            FirstMatchAfter = after.FirstMatchRank,
        };
    }
}
