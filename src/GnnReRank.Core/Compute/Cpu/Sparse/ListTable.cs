using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// The first rows of every vertex's list, in their order, the vertex itself first. A list may be shorter than the
/// others.
/// </summary>
internal sealed unsafe class ListTable : IDisposable
{
    private const int Chunk = 256;

    private readonly SparseStorage _storage;
    private readonly NativeBuffer<int> _lengths;
    private readonly NativeBuffer<float> _places;
    private readonly int* _members;

    private ListTable(int count, int width, SparseStorage storage)
    {
        Count = count;
        Width = width;
        _storage = storage;
        _members = (int*)storage.Allocate((long)count * width * sizeof(int));
        _lengths = new NativeBuffer<int>(count);
        _places = new NativeBuffer<float>(width);
        for (int place = 0; place < width; place++)
        {
            _places.Pointer[place] = place;
        }
    }

    /// <summary>Lists.</summary>
    public int Count { get; }

    /// <summary>Rows of the longest list.</summary>
    public int Width { get; }

    /// <summary>The first rows of a graph's lists, without what pads them.</summary>
    /// <exception cref="GnnReRankException">They outgrow the budget.</exception>
    public static ListTable Of(NeighborGraph graph, int width, SparseStorage storage, ComputeOptions options) =>
        Filled(graph.VertexCount, width, storage, options, vertex =>
        {
            ReadOnlySpan<int> neighbors = graph.GetNeighborSpan(vertex)[..width];
            int padding = neighbors.IndexOf(-1);
            return padding < 0 ? neighbors : neighbors[..padding];
        });

    /// <summary>A copy of the first rows of these lists, which stays as it is where these are sorted again.</summary>
    /// <exception cref="GnnReRankException">They outgrow the budget.</exception>
    public ListTable Head(int width, SparseStorage storage, ComputeOptions options) =>
        Filled(Count, Math.Min(width, Width), storage, options, vertex =>
        {
            ReadOnlySpan<int> list = this[vertex];
            return list[..Math.Min(list.Length, width)];
        });

    /// <summary>A list, which may be sorted in place.</summary>
    public Span<int> this[int vertex] => new(_members + ((long)vertex * Width), _lengths.Pointer[vertex]);

    /// <summary>
    /// The first rows of each list as a sparse matrix over this memory: the value of an entry is its place, from 0.
    /// </summary>
    public SparseRows Places(int width) => Rows(width, _places.Pointer);

    /// <summary>The same with a value for each place, which the caller keeps.</summary>
    public SparseRows Rows(int width, float* values)
    {
        SparseRows rows = new(Count, new SparseStorage(new MemoryBudget(0), string.Empty, Count));
        for (int vertex = 0; vertex < Count; vertex++)
        {
            rows.SetRow(vertex, _members + ((long)vertex * Width), values, Math.Min(width, _lengths.Pointer[vertex]));
        }

        return rows;
    }

    public void Dispose()
    {
        _lengths.Dispose();
        _places.Dispose();
        _storage.Dispose();
    }

    private static ListTable Filled(int count, int width, SparseStorage storage, ComputeOptions options, ListOf listOf)
    {
        ListTable table = new(count, width, storage);
        try
        {
            Workers.ForRanges(options.ThreadCount, count, Chunk, (from, to) =>
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                for (int vertex = from; vertex < to; vertex++)
                {
                    ReadOnlySpan<int> list = listOf(vertex);
                    table._lengths.Pointer[vertex] = list.Length;
                    list.CopyTo(table[vertex]);
                }
            });
        }
        catch
        {
            table.Dispose();
            throw;
        }

        return table;
    }

    private delegate ReadOnlySpan<int> ListOf(int vertex);
}
