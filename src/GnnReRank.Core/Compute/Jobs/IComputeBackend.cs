namespace GnnReRank.Compute.Jobs;

/// <summary>
/// The coarse stages of the work, on one kind of device. Arguments are checked by the public classes in front of it; a backend
/// may rely on them. Every backend passes the same tests.
/// </summary>
internal interface IComputeBackend
{
    /// <summary>The exact nearest neighbours of every vertex, queries first, then the gallery.</summary>
    NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options);

    /// <summary>
    /// Ranks the gallery for each query. A job without a graph gives the same ranking as one with the graph of its matrices; whatever
    /// search and ranking can share is computed once.
    /// </summary>
    Ranking Rank(RankingJob job, ComputeOptions options);
}
