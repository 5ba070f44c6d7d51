using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>One thread's products of some rows, in any order, with packed ones.</summary>
internal sealed unsafe class RowTile : IDisposable
{
    private readonly VertexRows _rows;
    private readonly TileKernel _kernel;
    private readonly int _depth;
    private readonly NativeBuffer<float> _left;
    private readonly NativeBuffer<float> _values;
    private int _count;

    /// <param name="rows">All rows.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="width">Columns of the tile, a multiple of <see cref="TileMultiplier.TileSize"/>.</param>
    public RowTile(VertexRows rows, TileKernel kernel, int width)
    {
        _rows = rows;
        _kernel = kernel;
        Width = width;
        _depth = RowPacker.PackedDimension(rows.Dimension);
        _left = new NativeBuffer<float>((long)TileMultiplier.TileSize * _depth);
        _values = new NativeBuffer<float>((long)TileMultiplier.TileSize * width);
    }

    /// <summary>The distance of two rows of the tile.</summary>
    public int Width { get; }

    /// <summary>The products of one of the rows.</summary>
    /// <param name="row">0-based place among the rows taken.</param>
    public float* Row(int row) => _values.Pointer + ((long)row * Width);

    /// <summary>Takes at most <see cref="TileMultiplier.TileSize"/> rows.</summary>
    /// <param name="order">0-based rows; null takes all in their own order.</param>
    /// <param name="first">The first place of the order.</param>
    /// <param name="count">How many.</param>
    public void Take(int* order, int first, int count)
    {
        RowPacker.Pack(_rows, order, first, count, _kernel.PanelRows, _left.Pointer);
        _count = count;
    }

    /// <summary>Multiplies the rows taken with packed ones.</summary>
    /// <param name="panels">At most <see cref="TileMultiplier.TileSize"/> rows, packed for the right-hand side.</param>
    /// <param name="count">How many.</param>
    /// <param name="column">The column of the tile where their products begin.</param>
    /// <param name="cancellationToken">Checked once a depth step.</param>
    public void Multiply(float* panels, int count, int column, CancellationToken cancellationToken) =>
        TileMultiplier.Multiply(
            _kernel, _left.Pointer, _count, panels, count, _depth, _values.Pointer + column, Width, cancellationToken);

    public void Dispose()
    {
        _left.Dispose();
        _values.Dispose();
    }
}
