namespace GnnReRank.Compute;

/// <summary>
/// The coarse stages of the job, on one kind of device. Arguments are checked by the public classes in front of it; a backend
/// may rely on them. Every backend passes the same tests.
/// </summary>
internal interface IComputeBackend
{
    /// <summary>Phase 1: the exact nearest neighbours of every vertex, queries first, then the gallery.</summary>
    NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options);

    /// <summary>Ranks the gallery for each query by cosine.</summary>
    /// <param name="query">n_q x d.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="depth">How many gallery rows to keep a query, 1 to n_g.</param>
    /// <param name="options">How the call runs.</param>
    Ranking RankByCosine(FeatureMatrix query, FeatureMatrix gallery, int depth, ComputeOptions options);

    /// <summary>Phase 2: passes messages over a graph with its matrices, then ranks the gallery for each query.</summary>
    /// <param name="graph">A graph of at least K1 neighbours, with both matrices.</param>
    /// <param name="settings">The parameters.</param>
    /// <param name="depth">How many gallery rows to keep a query, 1 to n_g.</param>
    /// <param name="options">How the call runs.</param>
    Ranking ReRankByGnn(NeighborGraph graph, GnnReRankSettings settings, int depth, ComputeOptions options);

    /// <summary>Both phases: the same ranking as of the graph with K1 neighbours, with whatever the two can share computed once.</summary>
    /// <param name="query">n_q x d.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="settings">The parameters; K1 is at most n_q + n_g.</param>
    /// <param name="depth">How many gallery rows to keep a query, 1 to n_g.</param>
    /// <param name="options">How the call runs.</param>
    Ranking ReRankByGnn(FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, ComputeOptions options);
}
