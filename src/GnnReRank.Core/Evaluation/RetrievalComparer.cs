using GnnReRank.Evaluation;

namespace GnnReRank;

/// <summary>Compares two results of the same queries, query by query.</summary>
public static class RetrievalComparer
{
    // Average precisions of different lists may be equal on paper and differ by rounding.
    private const double Rounding = 1e-12;

    /// <summary>Compares a result with a reference.</summary>
    /// <param name="before">The reference.</param>
    /// <param name="after">What is compared with it.</param>
    /// <param name="settings">Samples, seed and level; null takes the defaults.</param>
    /// <param name="options">How the call runs; the result does not depend on the number of threads.</param>
    /// <exception cref="GnnReRankException">A setting is out of range, or the results are of other queries or were measured otherwise.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static RetrievalComparison Compare(
        RetrievalAccuracy before, RetrievalAccuracy after, ComparisonSettings? settings = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        settings ??= new ComparisonSettings();
        options ??= ComputeOptions.Default;
        ComparisonChecks.Check(settings);
        ComparisonChecks.Check(before, after);
        QueryDifference[] queries = Differences(before, after);
        double[] counted = BootstrapIntervals.Counted(before.PerQuery, before.Divisor, query => queries[query.QueryIndex].Difference);
        int gained = counted.Count(difference => difference > 0);
        int lost = counted.Count(difference => difference < 0);
        return new RetrievalComparison
        {
            Before = before,
            After = after,
            MeanDifference = counted.Average(),
            DifferenceInterval = BootstrapIntervals.OfMean(counted, settings.Bootstrap, settings.Seed, options),
            GainedCount = gained,
            LostCount = lost,
            EqualCount = before.ValidQueryCount - gained - lost,
            PValue = RandomizationTest.PValue(counted, settings.Flips, settings.Seed, options),
            SignTestPValue = SignTest.PValue(gained, lost),
            Alpha = settings.Alpha,
            Seed = settings.Seed,
            Queries = Array.AsReadOnly(queries),
            MostGained = Array.AsReadOnly(Foremost(queries, settings.Top, 1)),
            MostLost = Array.AsReadOnly(Foremost(queries, settings.Top, -1)),
        };
    }

    /// <summary>One entry a query, in their order.</summary>
    internal static QueryDifference[] Differences(RetrievalAccuracy before, RetrievalAccuracy after) =>
        [.. before.PerQuery.Zip(after.PerQuery, Difference)];

    /// <summary>The queries that gained most, or lost most where the sign is -1; the largest difference first.</summary>
    internal static QueryDifference[] Foremost(QueryDifference[] queries, int count, int sign) =>
    [
        .. queries.Where(query => sign * query.Difference > 0).OrderByDescending(query => sign * query.Difference).Take(count),
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
