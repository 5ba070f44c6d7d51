namespace GnnReRank;

/// <summary>A method that refines retrieval lists by the neighbour graph of queries and gallery.</summary>
public interface IReRanker
{
    /// <summary>The method and its parameters.</summary>
    RankingSettings Settings { get; }

    /// <summary>Ranks the gallery for each query by score descending, ties by cosine descending, then by gallery index ascending.</summary>
    /// <param name="graph">The graph of queries and gallery, with its matrices.</param>
    /// <param name="top">How many gallery rows to keep a query; null keeps all.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The graph lacks matrices, queries or neighbours.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Ranking ReRank(NeighborGraph graph, int? top = null, ComputeOptions? options = null);
}
