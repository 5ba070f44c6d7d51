using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Gnn;

namespace GnnReRank;

/// <summary>GNN re-ranking (Zhang et al., arXiv 2012.07620): messages passed along the edges of the neighbour graph, then rows compared.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed class GnnReRanker : ReRanker
{
    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The parameters.</param>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public GnnReRanker(GnnReRankSettings settings)
        : this(settings, backend: null)
    {
    }

    /// <summary>As above, on a given backend; null takes the one that a call's options ask for.</summary>
    internal GnnReRanker(GnnReRankSettings settings, IComputeBackend? backend)
        : base(settings, GnnRecipe.Of(settings), nameof(GnnReRankSettings.K1), backend)
    {
    }
}
