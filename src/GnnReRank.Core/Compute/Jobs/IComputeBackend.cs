namespace GnnReRank.Compute.Jobs;

/// <summary>
/// The coarse stages of the work, on one kind of device. Arguments are checked by the public classes in front of it; a backend
/// may rely on them. Every backend passes the same tests.
/// </summary>
internal interface IComputeBackend
{
    /// <summary>What is the processor's work on every backend.</summary>
    IRowRefiner Refiner { get; }

    /// <summary>The exact nearest neighbours of every vertex, queries first, then the gallery.</summary>
    NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options);

    /// <summary>Nearly all of the nearest neighbours of every vertex; the exact ones where these are as cheap.</summary>
    NeighborGraph FindNeighborsNearly(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings settings,
        ComputeOptions options);

    /// <summary>About how long the exact search takes; null where a device other than the processor makes it.</summary>
    TimeSpan? EstimateSearch(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options);

    /// <summary>More than the nearest neighbours of every vertex, in one pass.</summary>
    /// <param name="query">The queries, or null.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="graph">The plain lists where they are there; null finds as many neighbours as needed.</param>
    /// <param name="needs">What to find.</param>
    /// <param name="options">How the call runs.</param>
    GraphLists FindLists(FeatureMatrix? query, FeatureMatrix gallery, NeighborGraph? graph, ListNeeds needs, ComputeOptions options);

    /// <summary>
    /// Ranks the gallery for each query. A job without a graph gives the same ranking as one with the graph of its matrices; whatever
    /// search and ranking can share is computed once.
    /// </summary>
    Ranking Rank(RankingJob job, ComputeOptions options);
}
