namespace GnnReRank;

/// <summary>Whether a graph is of the rows that a ranking asks for.</summary>
internal static class GraphChecks
{
    /// <summary>A graph of queries and gallery, which ranks all queries together.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isIndependent">Whether each query is to be ranked alone.</param>
    /// <exception cref="GnnReRankException">It is not, or a graph of the gallery alone is asked for.</exception>
    public static void OfBoth(NeighborGraph graph, bool isIndependent)
    {
        if (isIndependent)
        {
            throw graph.Query is null ? QueriesMissing(graph) : HoldsQueries(graph);
        }

        if (graph.Gallery is null)
        {
            throw new GnnReRankException(
                "GraphLacksMatrices", ErrorKind.InvalidArgument,
                $"The {graph} does not know its {(graph.Query is null ? "query and gallery matrices" : "gallery matrix")}: " +
                "give those it was built from with -Query and -Gallery.");
        }

        if (graph.Query is null)
        {
            throw new GnnReRankException(
                "GraphLacksQueries", ErrorKind.InvalidArgument,
                $"The {graph} was made of one matrix: re-ranking needs queries. Build the graph from a query and a " +
                "gallery matrix; or rank each query alone (-QueryMode Independent -Query), which takes a graph of " +
                "the gallery.");
        }
    }

    /// <summary>A graph of the gallery alone, which ranks each query as if it were the only one.</summary>
    /// <param name="gallery">The graph.</param>
    /// <param name="isIndependent">Whether each query is to be ranked alone.</param>
    /// <exception cref="GnnReRankException">It is not, or all queries are to be ranked together.</exception>
    public static void OfGallery(NeighborGraph gallery, bool isIndependent)
    {
        if (!isIndependent)
        {
            throw new GnnReRankException(
                "GraphLacksQueries", ErrorKind.InvalidArgument,
                $"The {gallery} comes without its queries, which are ranked together and must be its first vertices. " +
                "Build it from both matrices, or rank each query alone: -QueryMode Independent.");
        }

        if (gallery.Query is not null)
        {
            throw HoldsQueries(gallery);
        }

        if (gallery.Gallery is null)
        {
            throw new GnnReRankException(
                "GraphLacksMatrices", ErrorKind.InvalidArgument,
                $"The {gallery} does not know its gallery matrix: give the one it was built from with -Gallery.");
        }
    }

    /// <exception cref="GnnReRankException">The lists are of rows that were not centred.</exception>
    public static void Centered(NeighborGraph graph)
    {
        if (!graph.CentersCameras)
        {
            throw new GnnReRankException(
                "GraphNotCentered", ErrorKind.InvalidArgument,
                $"Cameras are to be centred, and the {graph} is of rows that are not. Build it with " +
                "New-NeighborGraph -CenterCamera, say of a graph of another program that its rows were " +
                "(Import-NeighborGraph -CenterCamera), or leave out -CenterCamera.");
        }
    }

    private static GnnReRankException HoldsQueries(NeighborGraph graph) => new(
        "GraphHoldsQueries", ErrorKind.InvalidArgument,
        $"Each query is to be ranked alone, and the {graph} holds queries. Build one of the gallery alone " +
        "(New-NeighborGraph -Gallery) and give the queries with -Query, leave -Graph out, or rank all queries together " +
        "(-QueryMode Batch).");

    private static GnnReRankException QueriesMissing(NeighborGraph graph) => new(
        "QueriesMissing", ErrorKind.InvalidArgument,
        $"Each query is to be ranked alone, and the {graph} comes without any: give the queries with -Query.");
}
