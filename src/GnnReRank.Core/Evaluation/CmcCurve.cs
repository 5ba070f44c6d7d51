namespace GnnReRank.Evaluation;

/// <summary>The cumulative matching curve.</summary>
internal static class CmcCurve
{
    /// <param name="queries">The queries' figures.</param>
    /// <param name="rankedCounts">How many images of each list count, junk removed.</param>
    /// <param name="depth">The length of the lists.</param>
    /// <param name="divisor">What the counts are divided by.</param>
    /// <returns>
    /// Element r: the share of queries whose first good image is at 1-based rank r + 1 or before. Where lists are cut and junk was
    /// taken out of one without a match, the curve ends with that list: what came next is not known.
    /// </returns>
    public static double[] Of(QueryAccuracy[] queries, int[] rankedCounts, int depth, double divisor)
    {
        int length = depth;
        int[] firsts = new int[depth];
        for (int query = 0; query < queries.Length; query++)
        {
            if (queries[query].FirstMatchRank is int first)
            {
                firsts[first - 1]++;
            }
            else if (queries[query].IsValid)
            {
                length = Math.Min(length, rankedCounts[query]);
            }
        }

        double[] curve = new double[length];
        long matched = 0;
        for (int rank = 0; rank < length; rank++)
        {
            matched += firsts[rank];
            curve[rank] = matched / divisor;
        }

        return curve;
    }
}
