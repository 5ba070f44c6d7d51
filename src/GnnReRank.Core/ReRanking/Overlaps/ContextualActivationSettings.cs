using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Overlaps;

namespace GnnReRank;

/// <summary>Sparse contextual activation (Bai and Bai: Sparse Contextual Activation for Efficient Visual Re-ranking, TIP 2016).</summary>
/// <remarks>
/// Each row is described by its nearest rows with weights exp(-distance) that sum to 1, descriptions are averaged over the nearest few, and
/// compared by Jaccard. The authors leave the number of neighbours to the data and keep it small; 4 and 2 are for data with few images of a
/// thing, 20 and 6 for data with many. Distances are 2 - 2 cosine divided by the largest of the row; the authors take those of their features.
/// A share of the plain distance is no part of the paper.
/// </remarks>
public sealed record ContextualActivationSettings : MethodSettings
{
    // More neighbours than rows are all of them.
    private const int Most = 1 << 30;

    /// <inheritdoc/>
    public override string Method => "SCA";

    /// <summary>k1: nearest rows that describe a row, itself counted. At least 1.</summary>
    [MethodParameter("k1", Minimum = 1, CountsRows = true)]
    public int NeighborCount { get; init; } = 4;

    /// <summary>k2: nearest rows whose descriptions are averaged, the row itself counted. At least 1.</summary>
    [MethodParameter("k2", Minimum = 1, CountsRows = true)]
    public int ExpansionCount { get; init; } = 2;

    /// <summary>lambda: the share of the plain distance, and so of the cosine, in the final score, 0 to 1.</summary>
    [MethodParameter("lambda", Minimum = 0, Maximum = 1)]
    public double CosineWeight { get; init; }

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend)
    {
        Validate();
        NearestOverlapRecipe recipe = new(Math.Min(NeighborCount, Most), Math.Min(ExpansionCount, Most)) { CosineShare = CosineWeight };
        return new OverlapReRanker(
            this, recipe, ExpansionCount > NeighborCount ? nameof(ExpansionCount) : nameof(NeighborCount), backend);
    }
}
