using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// For each vertex the inner products of the first layer's rows that its row of the second is the sum of: where a few
/// of them change, its norm comes from these without the rows.
/// </summary>
internal sealed unsafe class RowProducts
{
    /// <summary>The largest k2 that they are kept for: they grow with its square.</summary>
    public const int MostEdges = 16;

    private const int Chunk = 64;

    private readonly int _stride;

    private RowProducts(int count, int stride)
    {
        _stride = stride;
        Values = new NativeBuffer<float>((long)count * stride, zeroed: true);
    }

    /// <summary>All of them, vertex after vertex: of each term with those after it, the vertex itself first.</summary>
    public NativeBuffer<float> Values { get; }

    /// <summary>Room for those of some vertices.</summary>
    /// <param name="count">The vertices.</param>
    /// <param name="edgeNeighbors">k2, at most <see cref="MostEdges"/>.</param>
    public static RowProducts For(int count, int edgeNeighbors) => new(count, StrideOf(edgeNeighbors));

    /// <summary>How many there are of some vertices.</summary>
    public static long LengthFor(int count, int edgeNeighbors) => (long)count * StrideOf(edgeNeighbors);

    /// <summary>Those of a vertex.</summary>
    public float* Of(int vertex) => Values.Pointer + ((long)vertex * _stride);

    /// <summary>A copy for more vertices.</summary>
    public RowProducts Grown(int count)
    {
        RowProducts grown = new(count, _stride);
        long bytes = Values.Length * sizeof(float);
        Buffer.MemoryCopy(Values.Pointer, grown.Values.Pointer, bytes, bytes);
        return grown;
    }

    /// <summary>Makes all of them, and the norms of the second layer's rows.</summary>
    /// <param name="state">The first layer's rows, of norm 1.</param>
    /// <param name="edges">E.</param>
    /// <param name="inverseNorms">Receives 1 / norm of the second layer's rows.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    public void Make(
        SparseRows state, SparseRows edges, NativeBuffer<float> inverseNorms, StageReporter reporter,
        ComputeOptions options) =>
        ForVertices(null, state, edges, inverseNorms, reporter, options, static (_, _) => true);

    /// <summary>Makes those of some vertices anew, and the norms of their rows.</summary>
    /// <param name="vertices">The vertices.</param>
    /// <param name="changedLists">Those whose edges are others than before.</param>
    /// <param name="changedRows">
    /// Rows of the first layer that are others; all that these vertices need are there.
    /// </param>
    /// <param name="state">The first layer's rows, of norm 1.</param>
    /// <param name="edges">E.</param>
    /// <param name="inverseNorms">Receives 1 / norm of the second layer's rows.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    public void Renew(
        int[] vertices, RowSet changedLists, RowSet changedRows, SparseRows state, SparseRows edges,
        NativeBuffer<float> inverseNorms, StageReporter reporter, ComputeOptions options) =>
        ForVertices(
            vertices, state, edges, inverseNorms, reporter, options,
            (vertex, row) => changedLists.Contains(vertex) || changedRows.Contains(row));

    /// <summary>1 / norm of h_v + the sum of E_vj h_j.</summary>
    public float InverseNorm(int vertex, SparseRows edges)
    {
        int first = FirstOther(edges, vertex);
        int others = edges.Length(vertex) - first;
        float* weights = edges.Values(vertex) + first;
        float* products = Of(vertex);
        double own = first == 0 ? 1.0 : 1.0 + edges.Values(vertex)[0];
        double sum = own * own;
        for (int other = 0; other < others; other++)
        {
            sum += 2 * own * weights[other] * *products++;
        }

        for (int left = 0; left < others; left++)
        {
            sum += (double)weights[left] * weights[left];
            for (int right = left + 1; right < others; right++)
            {
                sum += 2.0 * weights[left] * weights[right] * *products++;
            }
        }

        return (float)(1 / Math.Sqrt(sum));
    }

    /// <summary>
    /// The entry of a vertex's edges from which they lead to others; only a zero row has none to itself.
    /// </summary>
    public static int FirstOther(SparseRows edges, int vertex) =>
        edges.Length(vertex) > 0 && edges.Indices(vertex)[0] == vertex ? 1 : 0;

    private static int StrideOf(int edgeNeighbors) => edgeNeighbors * (edgeNeighbors - 1) / 2;

    private void ForVertices(
        int[]? vertices, SparseRows state, SparseRows edges, NativeBuffer<float> inverseNorms, StageReporter reporter,
        ComputeOptions options, Func<int, int, bool> isStale)
    {
        int count = vertices?.Length ?? state.Count;
        Workers.ForRanges(
            options.ThreadCount, count, Chunk, () => new NativeBuffer<float>(state.Count, zeroed: true),
            (dense, from, to) =>
        {
            for (int at = from; at < to; at++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                int vertex = vertices?[at] ?? at;
                Make(vertex, state, edges, dense.Pointer, isStale);
                inverseNorms.Pointer[vertex] = InverseNorm(vertex, edges);
            }

            reporter.Advance(to - from);
        });
    }

    private void Make(int vertex, SparseRows state, SparseRows edges, float* dense, Func<int, int, bool> isStale)
    {
        int first = FirstOther(edges, vertex);
        int others = edges.Length(vertex) - first;
        int* neighbors = edges.Indices(vertex) + first;
        float* products = Of(vertex);
        Span<bool> stale = stackalloc bool[MostEdges];
        for (int other = 0; other < others; other++)
        {
            stale[other] = isStale(vertex, neighbors[other]);
        }

        for (int left = -1; left < others - 1; left++)
        {
            int row = left < 0 ? vertex : neighbors[left];
            bool isLeftStale = left < 0 ? isStale(vertex, vertex) : stale[left];
            if (!isLeftStale && !stale[(left + 1)..others].Contains(true))
            {
                products += others - left - 1;
                continue;
            }

            Scatter(state, row, dense);
            for (int right = left + 1; right < others; right++, products++)
            {
                if (isLeftStale || stale[right])
                {
                    *products = Dot(state, neighbors[right], dense);
                }
            }

            Clear(state, row, dense);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(SparseRows rows, int row, float* dense)
    {
        int* indices = rows.Indices(row);
        float* values = rows.Values(row);
        int length = rows.Length(row);
        for (int entry = 0; entry < length; entry++)
        {
            dense[indices[entry]] = values[entry];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clear(SparseRows rows, int row, float* dense)
    {
        int* indices = rows.Indices(row);
        int length = rows.Length(row);
        for (int entry = 0; entry < length; entry++)
        {
            dense[indices[entry]] = 0;
        }
    }

    /// <summary>Four sums, for one would wait for itself at each entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(SparseRows rows, int row, float* dense)
    {
        int* indices = rows.Indices(row);
        float* values = rows.Values(row);
        int length = rows.Length(row);
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int entry = 0;
        for (; entry + 4 <= length; entry += 4)
        {
            a += values[entry] * dense[indices[entry]];
            b += values[entry + 1] * dense[indices[entry + 1]];
            c += values[entry + 2] * dense[indices[entry + 2]];
            d += values[entry + 3] * dense[indices[entry + 3]];
        }

        for (; entry < length; entry++)
        {
            a += values[entry] * dense[indices[entry]];
        }

        return (float)((a + b) + (c + d));
    }
}
