namespace GnnReRank;

/// <summary>A method that ranks the gallery for each query, from the neighbour graph of both or from the matrices.</summary>
public interface IReRanker
{
    /// <summary>The method and its parameters.</summary>
    RankingSettings Settings { get; }

    /// <summary>Neighbours a vertex that a graph must have, the vertex included; 0 where the method asks for none.</summary>
    int NeighborCount { get; }

    /// <summary>Ranks the gallery for each query by score descending, ties by cosine descending, then by gallery index ascending.</summary>
    /// <param name="graph">The graph of queries and gallery, with its matrices.</param>
    /// <param name="top">How many gallery rows to keep a query; null keeps all.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The graph lacks matrices, queries or neighbours.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Ranking ReRank(NeighborGraph graph, int? top = null, ComputeOptions? options = null);

    /// <summary>
    /// Ranks the gallery for each query as if it were the only one, from the graph of the gallery alone; for settings
    /// whose <see cref="RankingSettings.QueryMode"/> is <see cref="QueryMode.Independent"/>.
    /// </summary>
    /// <param name="query">The queries (n_q x d).</param>
    /// <param name="gallery">The graph of the gallery alone, with its matrix.</param>
    /// <param name="top">How many gallery rows to keep a query; null keeps all.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">
    /// The graph holds queries, lacks its matrix or neighbours, or the settings rank all queries together.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Ranking ReRank(FeatureMatrix query, NeighborGraph gallery, int? top = null, ComputeOptions? options = null);

    /// <summary>Builds the graph and ranks the gallery for each query, in one call: the same ranking as in two, in less time.</summary>
    /// <param name="query">The queries (n_q x d).</param>
    /// <param name="gallery">The gallery (n_g x d).</param>
    /// <param name="top">How many gallery rows to keep a query; null keeps all.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">
    /// The dimensions differ, the method asks for more neighbours than there are rows, or top is less than 1.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Ranking ReRank(FeatureMatrix query, FeatureMatrix gallery, int? top = null, ComputeOptions? options = null);
}
