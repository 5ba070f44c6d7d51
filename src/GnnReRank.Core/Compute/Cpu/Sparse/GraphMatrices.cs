using System.Runtime.CompilerServices;
using GnnReRank.Compute.Walks;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>The adjacency matrix and the edge weights of a neighbour graph.</summary>
internal static unsafe class GraphMatrices
{
    /// <summary>What errors call the matrices.</summary>
    public const string AdjacencyMatrix = "The adjacency matrix";
    public const string EdgeMatrix = "The matrix of edge weights";

    private const int Chunk = 256;

    /// <summary>A: 1 for each of the first k1 neighbours.</summary>
    public static SparseRows Adjacency(NeighborGraph graph, int k1, MemoryBudget budget, ComputeOptions options) =>
        Adjacency(
            new GraphNeighbors(graph), 0, graph.VertexCount, k1,
            new SparseStorage(budget, AdjacencyMatrix, graph.VertexCount), options);

    /// <summary>Rows [first, first + count) of A, counted from the first of them.</summary>
    public static SparseRows Adjacency(
        INeighborLists lists, int first, int count, int k1, SparseStorage storage, ComputeOptions options) =>
        Of(lists, first, count, k1, static _ => 1f, isMean: false, storage, options);

    /// <summary>E: w(s) = max(s, 0)^alpha for each of the first k2 neighbours; edges of weight 0 are left out.</summary>
    /// <param name="graph">The lists.</param>
    /// <param name="k2">The first neighbours that have edges.</param>
    /// <param name="alpha">The exponent.</param>
    /// <param name="isMean">Whether each weight is divided by the number of neighbours listed.</param>
    /// <param name="budget">What may be used.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Edges(
        NeighborGraph graph, int k2, double alpha, bool isMean, MemoryBudget budget, ComputeOptions options) =>
        Edges(
            new GraphNeighbors(graph), 0, graph.VertexCount, k2, alpha, isMean,
            new SparseStorage(budget, EdgeMatrix, graph.VertexCount), options);

    /// <summary>Rows [first, first + count) of E, counted from the first of them.</summary>
    public static SparseRows Edges(
        INeighborLists lists, int first, int count, int k2, double alpha, bool isMean, SparseStorage storage,
        ComputeOptions options) =>
        Of(lists, first, count, k2, score => Weigh(score, alpha), isMean, storage, options);

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
        Write(new GraphNeighbors(graph), vertex, k2, score => Weigh(score, alpha), isMean, indices, values);

    private static SparseRows Of(
        INeighborLists lists, int first, int count, int neighborCount, Func<float, float> weigh, bool isMean,
        SparseStorage storage, ComputeOptions options)
    {
        SparseRows rows = new(count, storage);
        try
        {
            long slots = (long)count * neighborCount;
            int* indices = (int*)storage.Allocate(slots * (sizeof(int) + sizeof(float)));
            float* values = (float*)(indices + slots);
            Workers.ForRanges(options.ThreadCount, count, Chunk, (from, to) =>
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                for (int row = from; row < to; row++)
                {
                    long slot = (long)row * neighborCount;
                    int length = Write(lists, first + row, neighborCount, weigh, isMean, indices + slot, values + slot);
                    rows.SetRow(row, indices + slot, values + slot, length);
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
        INeighborLists lists, int vertex, int neighborCount, Func<float, float> weigh, bool isMean, int* indices,
        float* values)
    {
        ReadOnlySpan<int> neighbors = lists.NeighborsOf(vertex)[..neighborCount];
        ReadOnlySpan<float> scores = lists.CosinesOf(vertex);
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
