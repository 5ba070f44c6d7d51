namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Scores as a ranking keeps them: finite float32, higher is better.</summary>
internal static class RunScore
{
    /// <param name="value">As the run gives it; not NaN. Infinities, by which other programs mask images, become the ends of float32.</param>
    /// <param name="kind">What it is.</param>
    public static float Of(double value, RankingScoreKind? kind)
    {
        double score = kind == RankingScoreKind.Distance ? -value : value;

        // The sum makes -0 plain 0, as a distance of 0 is no special score.
        return (float)Math.Clamp(score, -float.MaxValue, float.MaxValue) + 0f;
    }

    /// <summary>The score of a list that has none: minus its 1-based rank.</summary>
    public static float OfPlace(int place) => -(place + 1f);
}
