namespace GnnReRank.ReRanking.Fusion;

/// <summary>How the scores of one list are brought to a common scale.</summary>
/// <param name="Lowest">The lowest score.</param>
/// <param name="Highest">The highest.</param>
/// <param name="Origin">What is taken off a score.</param>
/// <param name="Unit">What the rest is divided by; 0 where all scores are equal.</param>
/// <param name="Constant">What each is worth where all scores are equal.</param>
internal readonly record struct ListScale(double Lowest, double Highest, double Origin, double Unit, double Constant)
{
    /// <summary>What an image that the list does not hold gets: what its lowest score gets, and nothing where all are equal.</summary>
    public double ScoreOutside => Unit == 0 ? 0 : (Lowest - Origin) / Unit;

    /// <summary>The scale of a list; of an empty one, any.</summary>
    public static ListScale Of(ReadOnlySpan<float> scores, RankingFusion fusion)
    {
        double lowest = double.PositiveInfinity;
        double highest = double.NegativeInfinity;
        double sum = 0;
        int count = 0;
        foreach (float score in scores)
        {
            if (IsWithin(score))
            {
                lowest = Math.Min(lowest, score);
                highest = Math.Max(highest, score);
                sum += score;
                count++;
            }
        }

        if (count == 0 || lowest == highest)
        {
            return new ListScale(lowest, highest, 0, Unit: 0, Constant: fusion == RankingFusion.MinMax ? 1 : 0);
        }

        return fusion == RankingFusion.MinMax
            ? new ListScale(lowest, highest, lowest, highest - lowest, Constant: 0)
            : new ListScale(lowest, highest, sum / count, Deviation(scores, sum / count, count), Constant: 0);
    }

    /// <summary>A score on the scale. The ends of float32 count as the lowest and the highest of the others.</summary>
    public double Normalized(float score) => Unit == 0
        ? (score == -float.MaxValue ? 0 : Constant)
        : (Math.Clamp(score, Lowest, Highest) - Origin) / Unit;

    // Infinities of other programs are kept as the ends of float32.
    private static bool IsWithin(float score) => Math.Abs(score) < float.MaxValue;

    private static double Deviation(ReadOnlySpan<float> scores, double mean, int count)
    {
        double squares = 0;
        foreach (float score in scores)
        {
            if (IsWithin(score))
            {
                squares += (score - mean) * (score - mean);
            }
        }

        return Math.Sqrt(squares / count);
    }
}
