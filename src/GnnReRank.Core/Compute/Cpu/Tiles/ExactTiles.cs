using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>Tiles multiplied in float32.</summary>
internal sealed unsafe class ExactTiles : ITileSource
{
    private readonly TileKernel _kernel;
    private readonly VertexRows _rows;
    private readonly PackedRows<float> _columns;

    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="capacity">The most column blocks loaded at a time.</param>
    public ExactTiles(TileKernel kernel, VertexRows rows, int capacity)
    {
        _kernel = kernel;
        _rows = rows;
        _columns = PackedColumns.Of(rows, kernel, capacity);
    }

    public string Name => _kernel.Name;

    /// <summary>The bytes of one column block.</summary>
    public static long BytesPerBlock(int dimension) =>
        (long)TileMultiplier.TileSize * RowPacker.PackedDimension(dimension) * sizeof(float);

    public void Load(int first, int end, ComputeOptions options) => _columns.Fill(first, end, options);

    public ITileMaker CreateMaker() => new Maker(this);

    public void Dispose() => _columns.Dispose();

    private sealed class Maker(ExactTiles source) : ITileMaker
    {
        private readonly NativeBuffer<float> _left = new((long)TileMultiplier.TileSize * source._columns.Depth);
        private int _leftBlock = -1;

        public void Make(int rowBlock, int columnBlock, float* tile, CancellationToken cancellationToken)
        {
            int rowCount = source._columns.RowsOf(rowBlock);
            if (_leftBlock != rowBlock)
            {
                RowPacker.Pack(source._rows, rowBlock * TileMultiplier.TileSize, rowCount, source._kernel.PanelRows, _left.Pointer);
                _leftBlock = rowBlock;
            }

            TileMultiplier.Multiply(
                source._kernel, _left.Pointer, rowCount, source._columns.Block(columnBlock), source._columns.RowsOf(columnBlock),
                source._columns.Depth, tile, TileMultiplier.TileSize, cancellationToken);
        }

        public void Dispose() => _left.Dispose();
    }
}
