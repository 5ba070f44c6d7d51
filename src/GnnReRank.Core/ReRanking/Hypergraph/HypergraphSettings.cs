using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Hypergraph;

namespace GnnReRank;

/// <summary>
/// The parameters of log-based hypergraphs of ranking references, LHRR (Pedronette, Valem, Almeida and Torres, IEEE TIP
/// 2019).
/// </summary>
/// <remarks>
/// Scores equal those of the authors' code, of UDLF, with <see cref="Variant"/> Reference. Members of a list that tie
/// keep their earlier order from round to round; in the final ranking they go by cosine, and those without similarity
/// keep the list's order.
/// </remarks>
public sealed record HypergraphSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "Hypergraph";

    /// <summary>k: first rows of a list that make a hyperedge, the vertex itself counted. 2 to 500.</summary>
    [MethodParameter("k", Minimum = 2, Maximum = 500, CountsRows = true)]
    public int Neighbors { get; init; } = 18;

    /// <summary>L: rows of a list, the vertex itself counted. At least 1.</summary>
    [MethodParameter("L", Minimum = 1, CountsRows = true)]
    public int ListLength { get; init; } = 1400;

    /// <summary>T: rounds. At least 1.</summary>
    [MethodParameter("T", Minimum = 1)]
    public int Rounds { get; init; } = 2;

    /// <summary>Which vertical similarity is computed.</summary>
    [MethodParameter("variant")]
    public HypergraphVariant Variant { get; init; } = HypergraphVariant.Paper;

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new HypergraphRanker(this, backend);
}
