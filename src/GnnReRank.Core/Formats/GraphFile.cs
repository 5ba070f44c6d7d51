namespace GnnReRank;

/// <summary>Reads and writes neighbour graphs: Parquet, or a pair of .npy files as faiss users have them.</summary>
public static class GraphFile
{
    /// <summary>Reads a graph.</summary>
    /// <param name="path">A .parquet file, or the .npy file with the indices (int32 or int64, n x k, 0-based, -1 padding).</param>
    /// <param name="scorePath">The .npy file with the scores (n x k); only with .npy indices.</param>
    /// <param name="scoreKind">What the scores of a .npy pair are.</param>
    /// <param name="compute">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">A file is missing or unusable.</exception>
    public static NeighborGraph Read(
        string path, string? scorePath = null, GraphScoreKind scoreKind = GraphScoreKind.Cosine, ComputeOptions? compute = null) =>
        throw new NotImplementedException();

    /// <summary>Writes a graph.</summary>
    /// <param name="path">A .parquet file, or the .npy file for the indices.</param>
    /// <param name="graph">What to write.</param>
    /// <param name="scorePath">The .npy file for the scores; null writes it beside the indices as NAME.scores.npy.</param>
    /// <param name="overwrite">Whether files that are there may be replaced.</param>
    /// <param name="compute">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">A file is there already, or the format is unknown.</exception>
    public static void Write(
        string path, NeighborGraph graph, string? scorePath = null, bool overwrite = false, ComputeOptions? compute = null) =>
        throw new NotImplementedException();
}
