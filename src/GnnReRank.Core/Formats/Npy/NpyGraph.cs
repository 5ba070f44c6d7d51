using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GnnReRank.Formats.Npy;

/// <summary>Writes neighbour graphs as a pair of .npy files: indices and scores, as faiss users keep them.</summary>
internal static class NpyGraph
{
    /// <summary>Stands in the header of the scores before the hash of the indices that they belong to.</summary>
    public const string PartnerMark = "of indices with XXH128 ";

    /// <summary>Writes both files at exactly these paths, which are not yet the final ones.</summary>
    /// <param name="indexPath">Receives vertices x k int32.</param>
    /// <param name="scorePath">Receives vertices x k float32.</param>
    /// <param name="graph">What to write.</param>
    /// <param name="options">Cancellation.</param>
    public static void Write(string indexPath, string scorePath, NeighborGraph graph, ComputeOptions options)
    {
        using FileStream indices = File.Create(indexPath);
        NpyEncoder.WriteHeader(indices, "<i4", [graph.VertexCount, graph.NeighborCount]);
        XxHash128 hash = new();
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> list = MemoryMarshal.AsBytes(graph.GetNeighborSpan(vertex));
            indices.Write(list);
            hash.Append(list);
        }

        // Two files cannot be replaced at one moment, so the scores say whose they are.
        using FileStream scores = File.Create(scorePath);
        NpyEncoder.WriteHeader(scores, "<f4", [graph.VertexCount, graph.NeighborCount], PartnerMark + Convert.ToHexStringLower(hash.GetCurrentHash()));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            scores.Write(MemoryMarshal.AsBytes(graph.GetScoreSpan(vertex)));
        }
    }
}
