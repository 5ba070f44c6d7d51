using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.NeighborNormalization;

namespace GnnReRank;

/// <summary>
/// Nearest-neighbour normalisation, NNN (Chowdhury et al., EMNLP 2024, arXiv 2410.24114): score = cosine - beta times
/// the mean of the gallery row's k best cosines over a bank, so that rows which lie near to everything come up less.
/// </summary>
/// <remarks>
/// <para>
/// CSLS (Conneau et al., ICLR 2018) is 2 cos - r(q) - r(g), where r(g) is the mean over the k nearest queries of g
/// and r(q) the same the other way: it orders each query's list as this method does with beta 0.5, k 10 and the
/// queries as the bank, since r(q) is the same number for the whole list.
/// </para>
/// <para>
/// Defaults: k 128 and beta 0.75. The authors choose both on labelled data, for each model and set; their code begins
/// with 256 and 0.5. Their bank is a set of training queries; here it is the queries of the call, or the other
/// gallery rows. A bank with fewer than k rows gives all it has.
/// </para>
/// </remarks>
public sealed record NeighborNormalizationSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "NeighborNormalization";

    /// <summary>k: the best cosines of a gallery row over the bank, whose mean is taken.</summary>
    [MethodParameter("k", Minimum = 1, CountsRows = true)]
    public int Neighbors { get; init; } = 128;

    /// <summary>beta: how much of that mean is subtracted. 0 is the plain cosine.</summary>
    [MethodParameter("beta", Minimum = 0, Maximum = 1_000_000)]
    public double Weight { get; init; } = 0.75;

    /// <summary>The bank: the queries of the call, or all other gallery rows.</summary>
    [MethodParameter("bank")]
    public NormalizationBank Bank { get; init; } = NormalizationBank.Query;

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) =>
        new NeighborNormalizationRanker(this, backend);
}
