namespace GnnReRank;

/// <summary>A ranking made of several.</summary>
public sealed record MergedSettings : RankingSettings
{
    /// <inheritdoc/>
    public override string Method => Fusion == RankingFusion.ReciprocalRank ? "RRF" : Fusion.ToString();

    /// <summary>How they became one.</summary>
    public required RankingFusion Fusion { get; init; }

    /// <summary>k of reciprocal rank fusion; null for others.</summary>
    public double? RankConstant { get; init; }

    /// <summary>What was merged, with weights where they are not all 1: "Cosine + GNN ...", "0.3 x Cosine + 0.7 x GNN ...".</summary>
    public required string Merged { get; init; }

    /// <summary>A line for people.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Method}{(RankConstant is double constant ? FormattableString.Invariant($" k={constant}") : string.Empty)} of {Merged}");
}
