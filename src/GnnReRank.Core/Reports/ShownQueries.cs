namespace GnnReRank.Reports;

/// <summary>Chooses the queries that are shown one by one.</summary>
internal static class ShownQueries
{
    /// <summary>
    /// All, or those that changed most: by the largest difference of average precision to the baseline; of one ranking, those it
    /// answers worst; where nothing is measured, the first.
    /// </summary>
    /// <returns>Query rows, ascending.</returns>
    public static int[] Of(MeasuredRanking[] rankings, int baseline, int? most)
    {
        int count = rankings[0].Ranking.QueryCount;
        IEnumerable<int> all = Enumerable.Range(0, count);
        if (most is not int kept || kept >= count)
        {
            return [.. all];
        }

        // OrderBy is stable: equal queries keep their order.
        return [.. all.OrderByDescending(query => Interest(rankings, baseline, query)).Take(kept).Order()];
    }

    private static double Interest(MeasuredRanking[] rankings, int baseline, int query)
    {
        double? before = PrecisionOf(rankings[baseline], query);
        return before is null ? -1
            : rankings.Length == 1 ? 1 - before.Value
            : rankings.Max(each => Math.Abs((PrecisionOf(each, query) ?? 0) - before.Value));
    }

    private static double? PrecisionOf(MeasuredRanking ranking, int query) => ranking.Main?.PerQuery[query].AveragePrecision;
}
