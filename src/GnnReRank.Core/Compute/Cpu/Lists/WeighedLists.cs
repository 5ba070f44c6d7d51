using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>
/// A sparse matrix of a weight for each of the first places of every list, by rows and by columns, and its products
/// with sparse vectors.
/// </summary>
internal sealed class WeighedLists : IDisposable
{
    private readonly ListTable _heads;
    private readonly SparseRows _rows;
    private readonly SparseRows _columns;
    private readonly PlaceWeights _weights;

    /// <param name="lists">The lists, which may be sorted again while this is in use.</param>
    /// <param name="weights">The weights of their first places; disposed with this.</param>
    /// <param name="memory">What is charged.</param>
    /// <param name="options">How the call runs.</param>
    public WeighedLists(ListTable lists, PlaceWeights weights, ListMemory memory, ComputeOptions options)
    {
        _weights = weights;
        _heads = lists.Head(weights.Count, memory.Storage("The heads of the lists"), options);
        _rows = _heads.Places(weights.Count);
        _columns = SparseTranspose.Of(_rows, memory.Storage("The heads of the lists, by member,"), options);
    }

    public int Count => _rows.Count;

    public double SelfWeight => _weights[0];

    /// <summary>y += scale * row, as a vector.</summary>
    public unsafe void AddRow(int row, double scale, SparseVector y) =>
        y.AddPlaces(_rows, row, _weights.Pointer, scale);

    /// <summary>y += scale * column.</summary>
    public unsafe void AddColumn(int column, double scale, SparseVector y) =>
        y.AddPlaces(_columns, column, _weights.Pointer, scale);

    /// <summary>y += M^T x.</summary>
    public void AddRows(SparseVector x, SparseVector y)
    {
        foreach (int row in x.Support)
        {
            AddRow(row, x[row], y);
        }
    }

    /// <summary>y += M x.</summary>
    public void AddColumns(SparseVector x, SparseVector y)
    {
        foreach (int column in x.Support)
        {
            AddColumn(column, x[column], y);
        }
    }

    public void Dispose()
    {
        _columns.Dispose();
        _rows.Dispose();
        _heads.Dispose();
        _weights.Dispose();
    }
}
