using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Products in int16, wrong by at most <see cref="CoarseScale.Bound"/>.</summary>
internal sealed unsafe class CoarseMeetingTile : IMeetingTile
{
    private readonly RoundedRows _rows;
    private readonly CoarseKernel _kernel;
    private readonly float _toCosine;
    private readonly NativeBuffer<int> _left;
    private readonly NativeBuffer<int> _columns;
    private readonly NativeBuffer<int> _values = new((long)TileMultiplier.TileSize * TileMultiplier.TileSize);
    private int _count;

    /// <param name="rows">The rows of all clusters, by their places.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="scale">The scale of the rows.</param>
    /// <param name="largest">Rows of the largest cluster.</param>
    public CoarseMeetingTile(RoundedRows rows, CoarseKernel kernel, CoarseScale scale, int largest)
    {
        _rows = rows;
        _kernel = kernel;
        _toCosine = 1 / (scale.Scale * scale.Scale);
        _left = new NativeBuffer<int>((long)TileMultiplier.TileSize * rows.Depth);
        int panels = (largest + kernel.PanelColumns - 1) / kernel.PanelColumns;
        _columns = new NativeBuffer<int>((long)panels * kernel.PanelColumns * rows.Depth);
    }

    public void TakeColumns(int first, int count) =>
        _rows.Pack(places: null, first, count, _kernel.PanelColumns, _columns.Pointer);

    public void TakeRows(int* places, int first, int count)
    {
        _rows.Pack(places, first, count, _kernel.PanelRows, _left.Pointer);
        _count = count;
    }

    public void Multiply(int first, int count, CancellationToken cancellationToken)
    {
        TileMultiplier.Multiply(
            _kernel, _left.Pointer, _count, _columns.Pointer + ((long)first * _rows.Depth), count, _rows.Depth,
            _values.Pointer, TileMultiplier.TileSize, cancellationToken);
        _kernel.ToSingles(_values.Pointer, _count * TileMultiplier.TileSize, _toCosine);
    }

    public float* Row(int row) => (float*)_values.Pointer + ((long)row * TileMultiplier.TileSize);

    public void Dispose()
    {
        _left.Dispose();
        _columns.Dispose();
        _values.Dispose();
    }
}
