namespace GnnReRank.Formats.Parquet;

/// <summary>Neighbour graphs in one Parquet file.</summary>
internal static class ParquetGraph
{
    public static NeighborGraph Read(string path, ComputeOptions options) => throw new NotImplementedException();

    /// <summary>Writes at exactly this path, which is not yet the final one.</summary>
    public static void Write(string path, NeighborGraph graph, ComputeOptions options) => throw new NotImplementedException();
}
