namespace GnnReRank.Packing;

/// <summary>A <see cref="NeighborGraph"/> in a pack.</summary>
internal static class GraphPack
{
    public static void Write(PackWriter writer, NeighborGraph graph)
    {
        writer.Reserve((long)graph.IndexSpan.Length * (sizeof(int) + sizeof(float)));
        writer.Value(graph.VertexCount);
        writer.Value(graph.NeighborCount);
        writer.Text(graph.Source);
        writer.Value(graph.CentersCameras);
        writer.Raw(graph.IndexSpan);
        writer.Raw(graph.ScoreSpan);
        MatrixPack.WritePair(writer, graph.Query, graph.Gallery);
        if (graph.Approximation is not null)
        {
            ApproximationPack.Write(writer, graph.Approximation);
        }
    }

    public static NeighborGraph Read(PackReader reader)
    {
        int vertices = reader.Value<int>();
        int neighbors = reader.Value<int>();
        string? source = reader.Text();
        bool centersCameras = reader.Flag();
        long count = (long)vertices * neighbors;
        int[] indices = reader.Raw<int>(count);
        float[] scores = reader.Raw<float>(count);
        NeighborGraphChecks.Lists(indices, scores, vertices, neighbors);
        (FeatureMatrix? query, FeatureMatrix? gallery) = MatrixPack.ReadPair(reader);
        GraphApproximation? approximation = reader.IsAtEnd ? null : ApproximationPack.Read(reader);
        return NeighborGraph.Adopt(indices, scores, vertices, neighbors, query, gallery, source)
            .WithCenteredCameras(centersCameras).WithApproximation(approximation);
    }
}
