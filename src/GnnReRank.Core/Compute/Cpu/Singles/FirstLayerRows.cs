using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// Rows after the first layer, R(H0 + E H0), each made when it is first asked for: a query asks for few. One thread's.
/// </summary>
internal sealed unsafe class FirstLayerRows : IDisposable
{
    // What is kept of a query's rows, so that memory grows with the gallery and not with what rows hold.
    private const long LeastBytes = 1L << 25;
    private const long BytesPerVertex = 512;

    private readonly MessageLayer _layer;
    private readonly RowAccumulator _accumulator;
    private readonly PatchedRows _rows;
    private readonly long _mostBytes;

    /// <param name="start">H0.</param>
    /// <param name="edges">E.</param>
    /// <param name="accumulator">An empty one, which is empty again after each call.</param>
    public FirstLayerRows(SparseRows start, SparseRows edges, RowAccumulator accumulator)
    {
        _layer = new MessageLayer(start, mirror: null, edges, residual: true);
        _accumulator = accumulator;
        _rows = new PatchedRows(original: null, start.Count);
        _mostBytes = Math.Max(LeastBytes, start.Count * BytesPerVertex);
        Next = new MessageLayer(_rows.Rows, mirror: null, edges, residual: true);
    }

    /// <summary>The layer after it, whose row may be summed after <see cref="MakeFor"/>.</summary>
    public MessageLayer Next { get; }

    /// <summary>Makes a row; 1 / norm of it.</summary>
    public float Make(int row)
    {
        MakeRoom();
        return Sum(row);
    }

    /// <summary>Makes what a row of the next layer is the sum of.</summary>
    public void MakeFor(int row)
    {
        MakeRoom();
        MakeOnce(row);
        ReadOnlySpan<int> neighbors = new(_layer.Edges!.Indices(row), _layer.Edges.Length(row));
        foreach (int neighbor in neighbors)
        {
            MakeOnce(neighbor);
        }
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => _rows.Restore();

    public void Dispose() => _rows.Dispose();

    private void MakeRoom()
    {
        if (_rows.Bytes > _mostBytes)
        {
            Clear();
        }
    }

    private void MakeOnce(int row)
    {
        if (!_rows.IsPatched(row))
        {
            Sum(row);
        }
    }

    private float Sum(int row)
    {
        _layer.SumRow(_accumulator, row);
        double scale = SparseRowBuilder.InverseNorm(_accumulator);
        _rows.Set(row, _accumulator.Count, out int* indices, out float* values);
        _accumulator.CopyTo(indices, values, scale);
        _accumulator.Clear();
        return (float)scale;
    }
}
