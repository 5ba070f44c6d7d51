namespace GnnReRank.Compute.Walks;

/// <summary>The lists of a graph.</summary>
internal sealed class GraphNeighbors(NeighborGraph graph) : INeighborLists
{
    /// <summary>The same; null where there is no graph.</summary>
    public static GraphNeighbors? Of(NeighborGraph? graph) => graph is null ? null : new GraphNeighbors(graph);

    public ReadOnlySpan<int> NeighborsOf(int vertex) => graph.GetNeighborSpan(vertex);

    public ReadOnlySpan<float> CosinesOf(int vertex) => graph.GetScoreSpan(vertex);
}
