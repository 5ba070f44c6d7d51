using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>
/// Tiles multiplied in int16, wrong by at most <see cref="CoarseScale.Bound"/>; where the cosines of query and gallery are to be kept,
/// their tiles are multiplied in float32.
/// </summary>
internal sealed unsafe class CoarseTiles : ITileSource
{
    private readonly CoarseKernel _kernel;
    private readonly VertexRows _rows;
    private readonly CoarseScale _scale;
    private readonly PackedRows<int> _columns;
    private readonly ExactTiles? _exact;
    private readonly int _queryCount;

    /// <param name="kernels">The kernels; the coarse one is there.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="scale">The scale of the rows.</param>
    /// <param name="capacity">The most column blocks loaded at a time.</param>
    /// <param name="exactQueryCount">The rows before the gallery, if their cosines with it must be exact; else 0.</param>
    public CoarseTiles(CpuKernels kernels, VertexRows rows, CoarseScale scale, int capacity, int exactQueryCount)
    {
        _kernel = kernels.Coarse!;
        _rows = rows;
        _scale = scale;
        _queryCount = exactQueryCount;
        _columns = new PackedRows<int>(rows.Count, CoarsePacker.PackedPairs(rows.Dimension), _kernel.PanelColumns, capacity, Pack);
        _exact = exactQueryCount > 0 ? new ExactTiles(kernels.Exact, rows, capacity) : null;
    }

    public string Name => _exact is null ? _kernel.Name : $"{_kernel.Name} and {_exact.Name}";

    /// <summary>The bytes of one column block.</summary>
    public static long BytesPerBlock(int dimension, bool withExact) =>
        ((long)TileMultiplier.TileSize * CoarsePacker.PackedPairs(dimension) * sizeof(int)) +
        (withExact ? ExactTiles.BytesPerBlock(dimension) : 0);

    public void Load(int first, int end, ComputeOptions options)
    {
        _columns.Fill(first, end, options);
        _exact?.Load(first, end, options);
    }

    public ITileMaker CreateMaker() => new Maker(this);

    public void Dispose()
    {
        _columns.Dispose();
        _exact?.Dispose();
    }

    private void Pack(int first, int count, int width, int* destination)
    {
        using CoarsePacker packer = new(_rows, _scale);
        packer.Pack(first, count, width, destination);
    }

    private bool IsKept(int rowBlock, int columnBlock) =>
        rowBlock * TileMultiplier.TileSize < _queryCount &&
        (columnBlock * TileMultiplier.TileSize) + _columns.RowsOf(columnBlock) > _queryCount;

    private sealed class Maker(CoarseTiles source) : ITileMaker
    {
        private readonly CoarsePacker _packer = new(source._rows, source._scale);
        private readonly NativeBuffer<int> _left = new((long)TileMultiplier.TileSize * source._columns.Depth);
        private readonly ITileMaker? _exact = source._exact?.CreateMaker();
        private readonly float _toCosine = 1 / (source._scale.Scale * source._scale.Scale);
        private int _leftBlock = -1;

        public void Make(int rowBlock, int columnBlock, float* tile, CancellationToken cancellationToken)
        {
            if (_exact is not null && source.IsKept(rowBlock, columnBlock))
            {
                _exact.Make(rowBlock, columnBlock, tile, cancellationToken);
                return;
            }

            int rowCount = source._columns.RowsOf(rowBlock);
            if (_leftBlock != rowBlock)
            {
                _packer.Pack(rowBlock * TileMultiplier.TileSize, rowCount, source._kernel.PanelRows, _left.Pointer);
                _leftBlock = rowBlock;
            }

            TileMultiplier.Multiply(
                source._kernel, _left.Pointer, rowCount, source._columns.Block(columnBlock), source._columns.RowsOf(columnBlock),
                source._columns.Depth, (int*)tile, TileMultiplier.TileSize, cancellationToken);
            source._kernel.ToSingles((int*)tile, rowCount * TileMultiplier.TileSize, _toCosine);
        }

        public void Dispose()
        {
            _packer.Dispose();
            _left.Dispose();
            _exact?.Dispose();
        }
    }
}
