namespace GnnReRank;

/// <summary>How well one query was answered.</summary>
public sealed record QueryAccuracy
{
    /// <summary>0-based query row.</summary>
    public required int QueryIndex { get; init; }

    /// <summary>The query's name, or null where unknown.</summary>
    public string? QueryName { get; init; }

    /// <summary>The query's label, or null where unknown.</summary>
    public long? QueryLabel { get; init; }

    /// <summary>Whether the gallery holds a good image for it; the figures below are null otherwise.</summary>
    public bool IsValid => GoodCount > 0;

    /// <summary>How many good images the gallery holds.</summary>
    public required int GoodCount { get; init; }

    /// <summary>Average precision in [0, 1], of the list as far as it goes; the mean over the galleries where they are drawn.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>1-based rank of the first good image after junk is removed; null where the list holds none, and where galleries are drawn.</summary>
    public int? FirstMatchRank { get; init; }

    /// <summary>1 where the first image is good, else 0; where galleries are drawn, the share of them. Null where it is not known.</summary>
    public double? Rank1 { get; init; }

    /// <summary>Inverse negative penalty: good images / 1-based rank of the last one; null where the list does not hold all.</summary>
    public double? InversePenalty { get; init; }

    /// <summary>The leave-one-out protocol's average precision over the first R ranks, R being the number of good images; null for others.</summary>
    public double? MapAtR { get; init; }

    /// <summary>The leave-one-out protocol's share of good images among the first R; null for others.</summary>
    public double? RPrecision { get; init; }

    /// <summary>P@k of the revisited benchmarks at k = 1, 5 and 10, as far as the list can tell; empty for other protocols.</summary>
    public IReadOnlyList<PrecisionAtRank> Precisions { get; init => field = PublicList.Of(value); } = [];

    /// <summary>A line for people, in percent.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"query {QueryIndex}{(QueryName is null ? "" : $" {DisplayText.Of(QueryName)}")}: {(AveragePrecision is null ? "not measured" : $"AP {100 * AveragePrecision:F2} %")}");
}
