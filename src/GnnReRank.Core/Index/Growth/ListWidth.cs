namespace GnnReRank.Indexing.Growth;

/// <summary>Lists with room for more than a small gallery fills.</summary>
internal static class ListWidth
{
    /// <summary>The lists, padded to a width where the gallery is smaller than that: it may grow.</summary>
    public static NeighborGraph AtLeast(NeighborGraph graph, int width)
    {
        int narrow = graph.NeighborCount;
        if (narrow >= width || narrow < graph.VertexCount)
        {
            return graph;
        }

        int size = FeatureMatrixChecks.ElementCount(graph.VertexCount, width);
        int[] indices = new int[size];
        float[] scores = new float[size];
        Array.Fill(indices, -1);
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            graph.GetNeighborSpan(vertex).CopyTo(indices.AsSpan(vertex * width));
            graph.GetScoreSpan(vertex).CopyTo(scores.AsSpan(vertex * width));
        }

        return NeighborGraph.Adopt(indices, scores, graph.VertexCount, width, null, graph.Gallery, graph.Source)
            .WithApproximation(graph.Approximation);
    }

    /// <summary>Lists of each row alone, for a method that asks for no neighbours.</summary>
    public static NeighborGraph Alone(FeatureMatrix gallery)
    {
        float[] scores = new float[gallery.RowCount];
        Array.Fill(scores, 1f);
        return NeighborGraph.Adopt(
            [.. Enumerable.Range(0, gallery.RowCount)], scores, gallery.RowCount, 1, null, gallery, null);
    }
}
