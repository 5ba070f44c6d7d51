namespace GnnReRank.Packing;

/// <summary>What must hold of a result that was packed: what measuring makes certain.</summary>
internal static class AccuracyPackChecks
{
    public static double[] Curve(double[]? cmc)
    {
        double before = 0;
        foreach (double share in cmc ?? throw PackReader.Broken("the curve is missing"))
        {
            // Not below, so that no NaN passes.
            if (!(share >= before && share <= 1))
            {
                throw PackReader.Broken($"the curve goes from {before} to {share}");
            }

            before = share;
        }

        return cmc;
    }

    public static RankAccuracy[] Ranks(int[]? ranks, double[] cmc) => Array.ConvertAll(
        ranks ?? throw PackReader.Broken("the ranks are missing"),
        rank => new RankAccuracy(RequireRank(rank), rank <= cmc.Length ? cmc[rank - 1] : null));

    public static int RequireRank(int rank) => rank >= 1 ? rank : throw PackReader.Broken($"{rank} is no rank");

    public static void Whole(RetrievalAccuracy accuracy)
    {
        Require((accuracy.mAP is null) != (accuracy.mAPAtDepth is null), "it has no mean, or two");
        Require(accuracy.GalleryCount >= 1 && accuracy.Depth >= 1 && accuracy.Depth <= accuracy.GalleryCount, $"{accuracy.Depth} of {accuracy.GalleryCount} ranks were measured");
        Require(accuracy.Cmc.Count <= accuracy.Depth, $"its curve has {accuracy.Cmc.Count} points for {accuracy.Depth} ranks");
        Require(accuracy.OwnImageCount >= 0 && accuracy.OwnImageCount <= accuracy.QueryCount, $"{accuracy.OwnImageCount} own images were left out for {accuracy.QueryCount} queries");
        Require(accuracy.Draws is null or >= 1, $"{accuracy.Draws} galleries were drawn");
        int valid = accuracy.PerQuery.Count(query => query.IsValid);
        Require(valid >= 1 && accuracy.ValidQueryCount == valid, $"{accuracy.ValidQueryCount} queries are valid, and {valid} have a good image");
        Require(accuracy.PerQuery.All(query => query.IsValid || query.AveragePrecision is null), "a query without a good image has an average precision");
        Require(accuracy.PerQuery.Any(query => query.AveragePrecision is not null), "no query has an average precision");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw PackReader.Broken(otherwise);
        }
    }
}
