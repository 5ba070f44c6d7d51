namespace GnnReRank.ReRanking.Refinement;

/// <summary>Lists of a graph as the rows of a matrix to be mixed see them.</summary>
internal static class GraphRows
{
    /// <summary>
    /// The first entries of some lists without the vertex itself; rows are vertices, and padding stays -1.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="firstVertex">0-based first vertex.</param>
    /// <param name="vertexCount">The number of vertices.</param>
    /// <param name="count">Entries of each list, the vertex included.</param>
    public static NearestRows Others(NeighborGraph graph, int firstVertex, int vertexCount, int count)
    {
        NearestRows others = new(new(vertexCount, count - 1), new(vertexCount, count - 1));
        for (int row = 0; row < vertexCount; row++)
        {
            graph.GetNeighborSpan(firstVertex + row)[1..count].CopyTo(others.Rows[row]);
            graph.GetScoreSpan(firstVertex + row)[1..count].CopyTo(others.Cosines[row]);
        }

        return others;
    }
}
