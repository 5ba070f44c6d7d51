namespace GnnReRank.Tests.Oracle;

/// <summary>Comparison of the engine's lists with exact scores, where float32 rounding may swap near-ties and nothing else.</summary>
internal static class NearTies
{
    /// <summary>
    /// float32 products of unit rows and sums of a few hundred of them are right to about 1e-6; the rest is margin, as the project's
    /// known results are compared with.
    /// </summary>
    public const double Tolerance = 2e-5;

    /// <summary>Fails unless the list is an ordered top list of the exact scores.</summary>
    /// <param name="exact">The exact score of every candidate.</param>
    /// <param name="indices">The list to check, best first.</param>
    /// <param name="scores">Its scores.</param>
    /// <param name="tolerance">The largest difference of a score, relative to scores above 1.</param>
    public static void AssertTopList(double[] exact, ReadOnlySpan<int> indices, ReadOnlySpan<float> scores, double tolerance = Tolerance)
    {
        HashSet<int> listed = [];
        double lowest = double.PositiveInfinity;
        for (int rank = 0; rank < indices.Length; rank++)
        {
            double score = exact[indices[rank]];
            double allowed = tolerance * Math.Max(1, Math.Abs(score));
            Assert.True(listed.Add(indices[rank]), $"{indices[rank]} is listed twice.");
            Assert.True(Math.Abs(score - scores[rank]) <= allowed, $"Rank {rank}: {scores[rank]} instead of {score}.");
            Assert.True(score <= lowest + (2 * allowed), $"Rank {rank}: {score} stands below {lowest}.");
            lowest = Math.Min(lowest, score);
        }

        for (int candidate = 0; candidate < exact.Length; candidate++)
        {
            double allowed = 2 * tolerance * Math.Max(1, Math.Abs(exact[candidate]));
            Assert.True(
                listed.Contains(candidate) || exact[candidate] <= lowest + allowed,
                $"{candidate} scores {exact[candidate]} and is missing from a list that ends at {lowest}.");
        }
    }
}
