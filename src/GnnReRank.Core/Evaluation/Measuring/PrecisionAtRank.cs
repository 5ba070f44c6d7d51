namespace GnnReRank;

/// <summary>mP@k: the mean over queries of the precision within the first ranks.</summary>
/// <param name="Rank">k, 1-based.</param>
/// <param name="Precision">A fraction in [0, 1].</param>
public sealed record PrecisionAtRank(int Rank, double Precision)
{
    /// <summary>A line for people, in percent.</summary>
    public override string ToString() => FormattableString.Invariant($"P@{Rank} {100 * Precision:F2} %");
}
