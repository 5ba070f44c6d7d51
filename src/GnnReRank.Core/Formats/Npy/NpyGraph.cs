namespace GnnReRank.Formats.Npy;

/// <summary>Neighbour graphs as a pair of .npy files: indices and scores, as faiss users keep them.</summary>
internal static class NpyGraph
{
    public static NeighborGraph Read(string indexPath, string scorePath, GraphScoreKind scoreKind, ComputeOptions options) =>
        throw new NotImplementedException();

    /// <summary>Writes both files at exactly these paths, which are not yet the final ones.</summary>
    public static void Write(string indexPath, string scorePath, NeighborGraph graph, ComputeOptions options) =>
        throw new NotImplementedException();
}
