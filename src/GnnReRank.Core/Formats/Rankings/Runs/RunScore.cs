namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Scores as a ranking keeps them: finite float32, higher is better.</summary>
internal static class RunScore
{
    /// <summary>A number for which higher is better.</summary>
    /// <param name="value">As the run gives it.</param>
    /// <param name="kind">What it is.</param>
    // The sum makes -0 plain 0, as a distance of 0 is no special score.
    public static double Of(double value, RankingScoreKind? kind) => (kind == RankingScoreKind.Distance ? -value : value) + 0.0;

    /// <summary>What is kept of it. Infinities, by which other programs mask images, become the ends of float32.</summary>
    public static float Kept(double score) => (float)Math.Clamp(score, -float.MaxValue, float.MaxValue);

    /// <summary>The score of a list that has none: minus its 1-based rank.</summary>
    public static float OfPlace(int place) => -(place + 1f);
}
