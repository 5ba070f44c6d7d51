namespace GnnReRank.Evaluation.Measuring;

/// <summary>The cumulative matching curve.</summary>
internal static class CmcCurve
{
    /// <param name="outcomes">The queries' outcomes.</param>
    /// <param name="depth">The number of ranks.</param>
    /// <param name="divisor">What the counts are divided by.</param>
    /// <returns>
    /// Element r: the share of lists whose first good image is at 1-based rank r + 1 or before. Where lists are cut and junk was
    /// taken out of one without a match, the curve ends with that list: what came next is not known.
    /// </returns>
    public static double[] Of(QueryOutcome[] outcomes, int depth, double divisor)
    {
        int length = depth;
        int[] firsts = new int[depth];
        foreach (QueryOutcome outcome in outcomes)
        {
            foreach (FirstMatch first in outcome.Firsts)
            {
                if (first.Rank is int rank)
                {
                    firsts[rank]++;
                }
                else
                {
                    length = Math.Min(length, first.KnownRanks);
                }
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
