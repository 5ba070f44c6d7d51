using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>A plain ranking by cosine similarity: the baseline.</summary>
public sealed record CosineSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "Cosine";

    /// <inheritdoc/>
    public override bool IsBaseline => !CenterCamera;

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new CosineRanker(this, backend);
}
