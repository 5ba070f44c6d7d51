using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.SuperGlobal;

namespace GnnReRank;

/// <summary>
/// The re-ranking of SuperGlobal (Shao et al., "Global features are all you need for image retrieval and reranking",
/// ICCV 2023, section on reranking): the first M rows of each query's list are scored anew, and nothing behind them
/// moves ahead of them.
/// </summary>
/// <remarks>
/// <para>
/// For each g of the M: g' = (g + beta sum of s_j g_j) / (1 + beta sum of s_j) over its k nearest g_j among the M, s
/// their cosines. q' is the largest value, column by column, of the k + 1 best g' by q g'. Score: (q g' + q' g') / 2;
/// neither g' nor q' is normalised. Ties go by the place in the list.
/// </para>
/// <para>
/// Rows behind the M follow in their order by cosine: their score is the lowest of the M, less what their cosine lies
/// below the lowest cosine of the M.
/// </para>
/// <para>
/// Defaults are the authors': M 400, k 9, beta 0.15. Different from the authors' code: negative cosines weigh
/// nothing.
/// </para>
/// </remarks>
public sealed record SuperGlobalSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "SuperGlobal";

    /// <summary>M: the first rows of each list, which are scored anew.</summary>
    [MethodParameter("M", Minimum = 1, CountsRows = true)]
    public int Candidates { get; init; } = 400;

    /// <summary>
    /// k: neighbours that refine a row, itself not counted; one more refined rows than that make the new query.
    /// </summary>
    [MethodParameter("k", Minimum = 0, CountsRows = true)]
    public int Neighbors { get; init; } = 9;

    /// <summary>beta: a neighbour weighs beta max(cosine, 0), where the row itself weighs 1.</summary>
    [MethodParameter("beta", Minimum = 0, Maximum = 1_000_000)]
    public double NeighborWeight { get; init; } = 0.15;

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new SuperGlobalRanker(this, backend);
}
