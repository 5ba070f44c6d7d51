using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Products in float32, the scores of the exact search.</summary>
internal sealed unsafe class ExactMeetingTile : IMeetingTile
{
    private readonly VertexRows _rows;
    private readonly TileKernel _kernel;
    private readonly int[] _order;
    private readonly int _depth;
    private readonly RowTile _tile;
    private readonly NativeBuffer<float> _columns;
    private readonly int[] _taken = new int[TileMultiplier.TileSize];

    /// <param name="rows">All rows.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="clusters">The clusters.</param>
    public ExactMeetingTile(VertexRows rows, TileKernel kernel, RowClusters clusters)
    {
        _rows = rows;
        _kernel = kernel;
        _order = clusters.Order;
        _depth = RowPacker.PackedDimension(rows.Dimension);
        _tile = new RowTile(rows, kernel, TileMultiplier.TileSize);
        int panels = (clusters.LargestSize + kernel.PanelColumns - 1) / kernel.PanelColumns;
        _columns = new NativeBuffer<float>((long)panels * kernel.PanelColumns * _depth);
    }

    public void TakeColumns(int first, int count)
    {
        fixed (int* order = _order)
        {
            RowPacker.Pack(_rows, order, first, count, _kernel.PanelColumns, _columns.Pointer);
        }
    }

    public void TakeRows(int* places, int first, int count)
    {
        for (int row = 0; row < count; row++)
        {
            _taken[row] = _order[places is null ? first + row : places[first + row]];
        }

        fixed (int* taken = _taken)
        {
            _tile.Take(taken, 0, count);
        }
    }

    public void Multiply(int first, int count, CancellationToken cancellationToken) =>
        _tile.Multiply(_columns.Pointer + ((long)first * _depth), count, 0, cancellationToken);

    public float* Row(int row) => _tile.Row(row);

    public void Dispose()
    {
        _tile.Dispose();
        _columns.Dispose();
    }
}
