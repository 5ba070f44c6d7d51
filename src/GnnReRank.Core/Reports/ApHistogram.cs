namespace GnnReRank.Reports;

/// <summary>How many valid queries have an average precision in each tenth of [0, 1]; 1 itself belongs to the last.</summary>
internal static class ApHistogram
{
    /// <summary>The number of bins.</summary>
    public const int BinCount = 10;

    public static int[] Of(RetrievalAccuracy accuracy)
    {
        int[] counts = new int[BinCount];
        foreach (double precision in accuracy.PerQuery.Select(query => query.AveragePrecision).OfType<double>())
        {
            counts[Math.Clamp((int)(precision * BinCount), 0, BinCount - 1)]++;
        }

        return counts;
    }
}
