using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>One thread's buffers for tiles of the similarity matrix, and what is done with a finished tile.</summary>
internal sealed unsafe class NeighborTileWorker : IDisposable
{
    private readonly TileKernel _kernel;
    private readonly VertexRows _rows;
    private readonly PackedRows _packed;
    private readonly NeighborTileTargets _targets;
    private readonly NativeBuffer<float> _left;
    private readonly NativeBuffer<float> _tile;
    private int _leftBlock = -1;

    public NeighborTileWorker(TileKernel kernel, VertexRows rows, PackedRows packed, NeighborTileTargets targets)
    {
        _kernel = kernel;
        _rows = rows;
        _packed = packed;
        _targets = targets;
        _left = new NativeBuffer<float>((long)TileMultiplier.TileSize * packed.Dimension);
        _tile = new NativeBuffer<float>(TileMultiplier.TileSize * TileMultiplier.TileSize);
    }

    /// <summary>Multiplies row block by column block, with column block &gt;= row block, and offers each product to both of its vertices.</summary>
    public void Process(int rowBlock, int columnBlock, CancellationToken cancellationToken)
    {
        int rowCount = _packed.RowsOf(rowBlock);
        int columnCount = _packed.RowsOf(columnBlock);
        if (_leftBlock != rowBlock)
        {
            RowPacker.Pack(_rows, rowBlock * TileMultiplier.TileSize, rowCount, _kernel.PanelRows, _left.Pointer);
            _leftBlock = rowBlock;
        }

        TileMultiplier.Multiply(
            _kernel, _left.Pointer, rowCount, _packed.Block(columnBlock), columnCount, _packed.Dimension,
            _tile.Pointer, TileMultiplier.TileSize, cancellationToken);
        if (rowBlock == columnBlock)
        {
            TakeDiagonal(rowBlock, rowCount);
        }

        if (_targets.Cosines is not null)
        {
            KeepCosines(_targets.Cosines, rowBlock, rowCount, columnBlock, columnCount);
        }

        lock (_targets.BlockLocks[rowBlock])
        {
            OfferToRows(rowBlock, rowCount, columnBlock, columnCount);
        }

        if (rowBlock != columnBlock)
        {
            lock (_targets.BlockLocks[columnBlock])
            {
                OfferToColumns(rowBlock, rowCount, columnBlock, columnCount);
            }
        }
    }

    public void Dispose()
    {
        _left.Dispose();
        _tile.Dispose();
    }

    private void TakeDiagonal(int block, int count)
    {
        for (int row = 0; row < count; row++)
        {
            float* self = _tile.Pointer + ((row * TileMultiplier.TileSize) + row);
            _targets.SelfScores[(block * TileMultiplier.TileSize) + row] = *self + 0f;

            // No comparison holds for NaN: a vertex is never offered to itself.
            *self = float.NaN;
        }
    }

    /// <summary>Copies what the tile has of the rows of queries and the columns of the gallery, which follows the queries.</summary>
    private void KeepCosines(RowBlocks<float> cosines, int rowBlock, int rowCount, int columnBlock, int columnCount)
    {
        int firstQuery = rowBlock * TileMultiplier.TileSize;
        int queries = Math.Min(rowCount, cosines.RowCount - firstQuery);
        int skipped = Math.Max(0, cosines.RowCount - (columnBlock * TileMultiplier.TileSize));
        int columns = columnCount - skipped;
        if (columns <= 0)
        {
            return;
        }

        int firstGallery = (columnBlock * TileMultiplier.TileSize) + skipped - cosines.RowCount;
        for (int row = 0; row < queries; row++)
        {
            ReadOnlySpan<float> values = new(_tile.Pointer + (row * TileMultiplier.TileSize) + skipped, columns);
            values.CopyTo(cosines[firstQuery + row][firstGallery..]);
        }
    }

    private void OfferToRows(int rowBlock, int rowCount, int columnBlock, int columnCount)
    {
        TopKReservoirs best = _targets.Best;
        int firstColumn = columnBlock * TileMultiplier.TileSize;
        for (int row = 0; row < rowCount; row++)
        {
            float* values = _tile.Pointer + (row * TileMultiplier.TileSize);
            int vertex = (rowBlock * TileMultiplier.TileSize) + row;
            int column = _kernel.NextAtLeast(values, 0, columnCount, best.Bounds[vertex]);
            while (column < columnCount)
            {
                best.Offer(vertex, values[column], firstColumn + column);
                column = _kernel.NextAtLeast(values, column + 1, columnCount, best.Bounds[vertex]);
            }
        }
    }

    private void OfferToColumns(int rowBlock, int rowCount, int columnBlock, int columnCount)
    {
        TopKReservoirs best = _targets.Best;
        int firstColumn = columnBlock * TileMultiplier.TileSize;
        float* bounds = best.Bounds + firstColumn;
        for (int row = 0; row < rowCount; row++)
        {
            float* values = _tile.Pointer + (row * TileMultiplier.TileSize);
            int vertex = (rowBlock * TileMultiplier.TileSize) + row;
            int column = _kernel.NextAtLeast(values, 0, columnCount, bounds);
            while (column < columnCount)
            {
                best.Offer(firstColumn + column, values[column], vertex);
                column = _kernel.NextAtLeast(values, column + 1, columnCount, bounds);
            }
        }
    }
}
