namespace GnnReRank;

/// <summary>How rankings are merged.</summary>
public sealed record RankingMergeOptions
{
    /// <summary>The k that reciprocal rank fusion was published with.</summary>
    public const double UsualRankConstant = 60;

    /// <summary>The method.</summary>
    public RankingFusion Fusion { get; init; }

    /// <summary>A weight for each ranking, from 0, which leaves it out, to 1e9; null or empty weighs all 1.</summary>
    public IReadOnlyList<double>? Weights { get; init => field = PublicList.Of(value); }

    /// <summary>k of reciprocal rank fusion; not negative.</summary>
    public double RankConstant { get; init; } = UsualRankConstant;

    /// <summary>How many ranks a query to keep, at least 1; null keeps all.</summary>
    public int? Top { get; init; }

    /// <summary>How the call runs.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
