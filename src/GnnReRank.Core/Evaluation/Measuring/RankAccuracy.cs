namespace GnnReRank;

/// <summary>One point of the cumulative matching curve.</summary>
/// <param name="Rank">1-based rank.</param>
/// <param name="Cmc">The share of queries with a good image at this rank or before; null where the lists are too short to tell.</param>
public sealed record RankAccuracy(int Rank, double? Cmc)
{
    /// <summary>A line for people, in percent.</summary>
    public override string ToString() => FormattableString.Invariant($"R@{Rank} {(Cmc is null ? "unknown" : $"{100 * Cmc:F2} %")}");
}
