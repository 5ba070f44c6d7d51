using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Inverse;

/// <summary>
/// alpha D^-1/2 A D^-1/2: A the weights max(cosine, 0)^gamma of the pairs that are among each other's first neighbours,
/// D its row sums. In double precision, since the inverse is far larger than what it is of.
/// </summary>
internal sealed unsafe class MutualEdges : IDisposable
{
    private const int Chunk = 256;

    private readonly NativeBuffer<int> _targets;
    private readonly NativeBuffer<double> _weights;
    private readonly NativeBuffer<int> _lengths;
    private readonly int _width;

    /// <param name="graph">The lists.</param>
    /// <param name="edgeNeighbors">Neighbours that make edges, the vertex itself counted.</param>
    /// <param name="weigh">The weight of a cosine.</param>
    /// <param name="damping">alpha.</param>
    /// <param name="options">How the call runs.</param>
    public MutualEdges(
        NeighborGraph graph, int edgeNeighbors, Func<float, double> weigh, double damping, ComputeOptions options)
    {
        _width = edgeNeighbors;
        _targets = new NativeBuffer<int>((long)graph.VertexCount * _width);
        _weights = new NativeBuffer<double>((long)graph.VertexCount * _width);
        _lengths = new NativeBuffer<int>(graph.VertexCount);
        using NativeBuffer<double> factors = new(graph.VertexCount);
        ForVertices(graph.VertexCount, options, vertex => factors.Pointer[vertex] = Take(graph, vertex, weigh));
        ForVertices(graph.VertexCount, options, vertex =>
        {
            int* targets = Targets(vertex);
            double* weights = Weights(vertex);
            for (int edge = 0; edge < Length(vertex); edge++)
            {
                weights[edge] *= damping * factors.Pointer[vertex] * factors.Pointer[targets[edge]];
            }
        });
    }

    /// <summary>The bytes for so many vertices and edges each.</summary>
    public static long BytesFor(int vertexCount, int edgeNeighbors) =>
        (long)vertexCount * edgeNeighbors * (sizeof(int) + sizeof(double));

    public int Length(int vertex) => _lengths.Pointer[vertex];

    public int* Targets(int vertex) => _targets.Pointer + ((long)vertex * _width);

    public double* Weights(int vertex) => _weights.Pointer + ((long)vertex * _width);

    public void Dispose()
    {
        _targets.Dispose();
        _weights.Dispose();
        _lengths.Dispose();
    }

    private static void ForVertices(int count, ComputeOptions options, Action<int> work) =>
        Workers.ForRanges(options.ThreadCount, count, Chunk, (from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            for (int vertex = from; vertex < to; vertex++)
            {
                work(vertex);
            }
        });

    /// <summary>Takes a vertex's edges.</summary>
    /// <returns>1 / the root of the sum of their weights; 0 where there are none.</returns>
    private double Take(NeighborGraph graph, int vertex, Func<float, double> weigh)
    {
        ReadOnlySpan<int> list = graph.GetNeighborSpan(vertex)[.._width];
        int* targets = Targets(vertex);
        double* weights = Weights(vertex);
        int length = 0;
        double sum = 0;
        for (int place = 1; place < list.Length && list[place] >= 0; place++)
        {
            int back = graph.GetNeighborSpan(list[place])[.._width].IndexOf(vertex);
            if (back < 0)
            {
                continue;
            }

            // Both lists tell the cosine; in a graph from elsewhere they may differ, and the matrix must be symmetric.
            float cosine = list[place] < vertex
                ? graph.GetScoreSpan(list[place])[back]
                : graph.GetScoreSpan(vertex)[place];
            double weight = weigh(cosine);
            if (weight > 0)
            {
                targets[length] = list[place];
                weights[length++] = weight;
                sum += weight;
            }
        }

        _lengths.Pointer[vertex] = length;
        return sum > 0 ? 1 / Math.Sqrt(sum) : 0;
    }
}
