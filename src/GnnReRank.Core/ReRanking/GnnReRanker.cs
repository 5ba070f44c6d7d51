namespace GnnReRank;

/// <summary>GNN re-ranking (Zhang et al., arXiv 2012.07620): messages passed along the edges of the neighbour graph, then rows compared.</summary>
public sealed class GnnReRanker : IReRanker
{
    private readonly GnnReRankSettings _settings;

    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The parameters.</param>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public GnnReRanker(GnnReRankSettings settings)
    {
        settings.Validate();
        _settings = settings;
    }

    /// <inheritdoc/>
    public RankingSettings Settings => _settings;

    /// <inheritdoc/>
    public Ranking ReRank(NeighborGraph graph, int? top = null, ComputeOptions? options = null) => throw new NotImplementedException();
}
