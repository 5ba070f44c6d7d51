namespace GnnReRank.Tuning;

/// <summary>The rounds of successive halving: each asks three times as many queries of a third of the settings, until all are asked of the last few.</summary>
internal static class RoundPlan
{
    private const int Factor = 3;

    // Fewer queries tell good settings from bad by chance.
    private const int FewestQueries = 64;

    // So few are asked all there is.
    private const int Finalists = 4;

    /// <summary>How many choosing queries each round asks, ascending; the last asks all.</summary>
    public static int[] QueryCounts(int contestants, int queries)
    {
        List<int> counts = [queries];
        for (int left = contestants; left > Finalists && counts[0] > FewestQueries; left = Survivors(left))
        {
            counts.Insert(0, Math.Max(FewestQueries, counts[0] / Factor));
        }

        return [.. counts];
    }

    /// <summary>How many go on to the next round.</summary>
    public static int Survivors(int contestants) => Math.Min(contestants, Math.Max(Finalists, (contestants + Factor - 1) / Factor));
}
