namespace GnnReRank;

/// <summary>A plain ranking by cosine similarity: the baseline.</summary>
public sealed record CosineSettings : RankingSettings
{
    /// <inheritdoc/>
    public override string Method => "Cosine";

    /// <inheritdoc/>
    public override bool IsBaseline => true;

    /// <summary>A line for people.</summary>
    public override string ToString() => "Cosine";
}
