using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Overlaps;

namespace GnnReRank;

/// <summary>
/// k-reciprocal encoding (Zhong, Zheng, Cao and Li: Re-ranking Person Re-identification with k-reciprocal Encoding, CVPR 2017).
/// </summary>
/// <remarks>
/// Section 3: reciprocal sets and their expansion by those of k1 / 2, weights exp(-distance), the mean over k2 neighbours (local query
/// expansion), the Jaccard distance, and its mix with the plain distance. The authors' settings are 20, 6 and 0.3. Distances are
/// 2 - 2 cosine divided by the largest of the row; the public codes square them once more, or take those of the caller.
/// </remarks>
public sealed record KReciprocalSettings : MethodSettings
{
    // More neighbours than rows are all of them.
    private const int Most = 1 << 30;

    /// <inheritdoc/>
    public override string Method => "k-reciprocal";

    /// <summary>k1: nearest rows that may be reciprocal, the row itself not counted. A graph must have one neighbour more. At least 1.</summary>
    [MethodParameter("k1", Minimum = 1, CountsRows = true)]
    public int NeighborCount { get; init; } = 20;

    /// <summary>k2: nearest rows whose descriptions are averaged, the row itself counted. At least 1.</summary>
    [MethodParameter("k2", Minimum = 1, CountsRows = true)]
    public int ExpansionCount { get; init; } = 6;

    /// <summary>lambda: the share of the plain distance, and so of the cosine, in the final score, 0 to 1.</summary>
    [MethodParameter("lambda", Minimum = 0, Maximum = 1)]
    public double CosineWeight { get; init; } = 0.3;

    /// <inheritdoc/>
    public override KReciprocalSettings FitTo(int vertexCount)
    {
        KReciprocalSettings fitted = (KReciprocalSettings)base.FitTo(vertexCount);
        return fitted with { NeighborCount = Math.Clamp(fitted.NeighborCount, 1, Math.Max(1, vertexCount - 1)) };
    }

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend)
    {
        Validate();

        // Halves are rounded to even, as NumPy rounds them in the authors' code.
        int nearest = Math.Min(NeighborCount, Most);
        int closest = (int)Math.Round(nearest / 2.0, MidpointRounding.ToEven);
        ReciprocalOverlapRecipe recipe = new(nearest + 1, closest + 1, Math.Min(ExpansionCount, Most)) { CosineShare = CosineWeight };
        return new OverlapReRanker(
            this, recipe, ExpansionCount > NeighborCount + 1L ? nameof(ExpansionCount) : nameof(NeighborCount), backend);
    }
}
