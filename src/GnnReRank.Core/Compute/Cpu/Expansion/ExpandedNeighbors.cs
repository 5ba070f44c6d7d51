using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Expansion;

/// <summary>
/// Every vertex's nearest rows and the nearest of each of these, as a sparse matrix of ones: one that comes twice has
/// two entries.
/// </summary>
internal sealed unsafe class ExpandedNeighbors : IDisposable
{
    private const int Chunk = 256;

    private readonly NativeBuffer<float> _ones;

    /// <param name="graph">The lists; the vertex itself, which is first, is left out.</param>
    /// <param name="near">Nearest rows of a vertex.</param>
    /// <param name="next">Nearest rows of each of these.</param>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="options">How the call runs.</param>
    public ExpandedNeighbors(NeighborGraph graph, int near, int next, SparseStorage storage, ComputeOptions options)
    {
        MostEntries = near * (1 + next);
        _ones = new NativeBuffer<float>(MostEntries);
        _ones.AsSpan(MostEntries).Fill(1f);
        Rows = new SparseRows(graph.VertexCount, storage);
        try
        {
            int* indices = (int*)storage.Allocate((long)graph.VertexCount * MostEntries * sizeof(int));
            Workers.ForRanges(options.ThreadCount, graph.VertexCount, Chunk, (from, to) =>
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                for (int vertex = from; vertex < to; vertex++)
                {
                    int* row = indices + ((long)vertex * MostEntries);
                    Rows.SetRow(vertex, row, _ones.Pointer, Write(graph, vertex, near, next, row));
                }
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>n x n.</summary>
    public SparseRows Rows { get; }

    /// <summary>Entries of a row, but for those that short lists lack: what means are divided by.</summary>
    public int MostEntries { get; }

    public void Dispose()
    {
        Rows.Dispose();
        _ones.Dispose();
    }

    private static int Write(NeighborGraph graph, int vertex, int near, int next, int* row)
    {
        ReadOnlySpan<int> nearest = Nearest(graph, vertex, near);
        nearest.CopyTo(new Span<int>(row, nearest.Length));
        int length = nearest.Length;
        foreach (int neighbor in nearest)
        {
            ReadOnlySpan<int> others = Nearest(graph, neighbor, next);
            others.CopyTo(new Span<int>(row + length, others.Length));
            length += others.Length;
        }

        return length;
    }

    private static ReadOnlySpan<int> Nearest(NeighborGraph graph, int vertex, int count)
    {
        ReadOnlySpan<int> list = graph.GetNeighborSpan(vertex).Slice(1, count);
        int padding = list.IndexOf(-1);
        return padding < 0 ? list : list[..padding];
    }
}
