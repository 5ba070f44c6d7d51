using System.Runtime.CompilerServices;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>The adjacency matrix and the edge weights of a neighbour graph.</summary>
internal static unsafe class GraphMatrices
{
    private const int Chunk = 256;

    /// <summary>A: 1 for each of the first k1 neighbours.</summary>
    public static SparseRows Adjacency(NeighborGraph graph, int k1, MemoryBudget budget, ComputeOptions options) =>
        Of(
            graph, k1, static _ => 1f, isMean: false,
            new SparseStorage(budget, "The adjacency matrix", graph.VertexCount), options);

    /// <summary>E: w(s) = max(s, 0)^alpha for each of the first k2 neighbours; edges of weight 0 are left out.</summary>
    /// <param name="graph">The lists.</param>
    /// <param name="k2">The first neighbours that have edges.</param>
    /// <param name="alpha">The exponent.</param>
    /// <param name="isMean">Whether each weight is divided by the number of neighbours listed.</param>
    /// <param name="budget">What may be used.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Edges(
        NeighborGraph graph, int k2, double alpha, bool isMean, MemoryBudget budget, ComputeOptions options)
    {
        SparseStorage storage = new(budget, "The matrix of edge weights", graph.VertexCount);
        return Of(graph, k2, score => Weigh(score, alpha), isMean, storage, options);
    }

    /// <summary>w(s) = max(s, 0)^alpha, the weight of an edge.</summary>
    /// <param name="score">s, a cosine.</param>
    /// <param name="alpha">The exponent.</param>
    public static float Weigh(float score, double alpha)
    {
        // 0^0 is 1: with alpha = 0 every listed edge counts the same. A cosine rounded above 1 must not grow with alpha.
        float clamped = Math.Clamp(score, 0f, 1f);
        return alpha == 2 ? clamped * clamped : (float)Math.Pow(clamped, alpha);
    }

    /// <summary>Writes one row of E.</summary>
    /// <param name="graph">The lists.</param>
    /// <param name="vertex">The row.</param>
    /// <param name="k2">The first neighbours that have edges, at most as many as lists have.</param>
    /// <param name="alpha">The exponent.</param>
    /// <param name="isMean">Whether each weight is divided by the number of neighbours listed.</param>
    /// <param name="indices">Receives at most k2 columns.</param>
    /// <param name="values">Receives as many weights.</param>
    /// <returns>How many.</returns>
    public static int WriteEdges(
        NeighborGraph graph, int vertex, int k2, double alpha, bool isMean, int* indices, float* values) =>
        Write(graph, vertex, k2, score => Weigh(score, alpha), isMean, indices, values);

    private static SparseRows Of(
        NeighborGraph graph, int neighborCount, Func<float, float> weigh, bool isMean, SparseStorage storage,
        ComputeOptions options)
    {
        int count = graph.VertexCount;
        SparseRows rows = new(count, storage);
        try
        {
            long slots = (long)count * neighborCount;
            int* indices = (int*)storage.Allocate(slots * (sizeof(int) + sizeof(float)));
            float* values = (float*)(indices + slots);
            Workers.ForRanges(options.ThreadCount, count, Chunk, (from, to) =>
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                for (int vertex = from; vertex < to; vertex++)
                {
                    long slot = (long)vertex * neighborCount;
                    int length = Write(graph, vertex, neighborCount, weigh, isMean, indices + slot, values + slot);
                    rows.SetRow(vertex, indices + slot, values + slot, length);
                }
            });
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Write(
        NeighborGraph graph, int vertex, int neighborCount, Func<float, float> weigh, bool isMean, int* indices,
        float* values)
    {
        ReadOnlySpan<int> neighbors = graph.GetNeighborSpan(vertex)[..neighborCount];
        ReadOnlySpan<float> scores = graph.GetScoreSpan(vertex);
        int length = 0;
        int padding = neighbors.IndexOf(-1);
        float share = isMean ? 1f / (padding < 0 ? neighbors.Length : padding) : 1f;

        // -1 pads the end of a short list.
        for (int position = 0; position < neighbors.Length && neighbors[position] >= 0; position++)
        {
            float weight = weigh(scores[position]) * share;
            if (weight > 0f)
            {
                indices[length] = neighbors[position];
                values[length++] = weight;
            }
        }

        return length;
    }
}
