using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.CartesianProduct;

namespace GnnReRank;

/// <summary>
/// The parameters of the Cartesian product of ranking references, CPRR (Valem and Pedronette, 2016).
/// </summary>
/// <remarks>
/// Members of a list that tie keep their earlier order from round to round; in the final ranking they go by cosine,
/// and those without similarity keep the list's order. The authors' code, of
/// UDLF, orders ties in another way; its mAP agrees to 0.1 points.
/// </remarks>
public sealed record CartesianProductSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "CartesianProduct";

    /// <summary>k: first rows of a list that refer to each other, the vertex itself counted. At least 1.</summary>
    [MethodParameter("k", Minimum = 1, CountsRows = true)]
    public int Neighbors { get; init; } = 20;

    /// <summary>L: rows of a list, the vertex itself counted. At least 1.</summary>
    [MethodParameter("L", Minimum = 1, CountsRows = true)]
    public int ListLength { get; init; } = 400;

    /// <summary>T: rounds. At least 1.</summary>
    [MethodParameter("T", Minimum = 1)]
    public int Rounds { get; init; } = 2;

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new CartesianProductRanker(this, backend);
}
