using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>One thread's tile of the similarity matrix, and what is done with it once it is made.</summary>
internal sealed unsafe class TileWorker : IDisposable
{
    private readonly TileKernel _kernel;
    private readonly PartialLists _lists;
    private readonly ITileMaker _maker;
    private readonly NativeBuffer<float> _tile = new(TileMultiplier.TileSize * TileMultiplier.TileSize);
    private readonly int _vertexCount;

    /// <param name="kernel">The kernel whose registers search the tile.</param>
    /// <param name="maker">Makes tiles; disposed with this.</param>
    /// <param name="lists">Where finished tiles go.</param>
    /// <param name="vertexCount">The number of rows.</param>
    public TileWorker(TileKernel kernel, ITileMaker maker, PartialLists lists, int vertexCount)
    {
        _kernel = kernel;
        _maker = maker;
        _lists = lists;
        _vertexCount = vertexCount;
    }

    /// <summary>Makes the tile of a row block and a column block &gt;= it, and offers each product to both of its vertices.</summary>
    public void Process(int rowBlock, int columnBlock, CancellationToken cancellationToken)
    {
        int rowCount = RowBlock.RowsOf(rowBlock, _vertexCount);
        int columnCount = RowBlock.RowsOf(columnBlock, _vertexCount);
        _maker.Make(rowBlock, columnBlock, _tile.Pointer, cancellationToken);
        if (_lists.Least is not null)
        {
            TakeLeast(_lists.Least, rowBlock, rowCount, columnBlock, columnCount);
        }

        if (rowBlock == columnBlock)
        {
            TakeDiagonal(rowBlock, rowCount);
        }

        if (_lists.Cosines is not null)
        {
            KeepCosines(_lists.Cosines, rowBlock, rowCount, columnBlock, columnCount);
        }

        lock (_lists.BlockLocks[rowBlock])
        {
            OfferToRows(_lists.Best, default(AllPairs), rowBlock, rowCount, columnBlock, columnCount);
            if (_lists.Cameras is CameraLists cameras)
            {
                OfferToRows(cameras.Own, cameras.OfOne, rowBlock, rowCount, columnBlock, columnCount);
                OfferToRows(cameras.Others, cameras.OfTwo, rowBlock, rowCount, columnBlock, columnCount);
            }
        }

        if (rowBlock != columnBlock)
        {
            lock (_lists.BlockLocks[columnBlock])
            {
                OfferToColumns(_lists.Best, default(AllPairs), rowBlock, rowCount, columnBlock, columnCount);
                if (_lists.Cameras is CameraLists cameras)
                {
                    OfferToColumns(cameras.Own, cameras.OfOne, rowBlock, rowCount, columnBlock, columnCount);
                    OfferToColumns(cameras.Others, cameras.OfTwo, rowBlock, rowCount, columnBlock, columnCount);
                }
            }
        }
    }

    public void Dispose()
    {
        _maker.Dispose();
        _tile.Dispose();
    }

    private void TakeDiagonal(int block, int count)
    {
        for (int row = 0; row < count; row++)
        {
            float* self = _tile.Pointer + ((row * TileMultiplier.TileSize) + row);
            _lists.SelfScores[(block * TileMultiplier.TileSize) + row] = *self + 0f;

            // No comparison holds for NaN: a vertex is never offered to itself.
            *self = float.NaN;
        }
    }

    /// <summary>Takes the least of each row and of each column; a vertex's cosine with itself is never the least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeLeast(RowMinima least, int rowBlock, int rowCount, int columnBlock, int columnCount)
    {
        Span<float> columns = stackalloc float[TileMultiplier.TileSize];
        columns.Fill(float.PositiveInfinity);
        Span<float> rows = stackalloc float[TileMultiplier.TileSize];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<float> values = new(_tile.Pointer + (row * TileMultiplier.TileSize), columnCount);
            rows[row] = TensorPrimitives.Min(values);
            TensorPrimitives.Min(columns[..columnCount], values, columns);
        }

        int firstRow = rowBlock * TileMultiplier.TileSize;
        int firstColumn = columnBlock * TileMultiplier.TileSize;
        lock (_lists.BlockLocks[rowBlock])
        {
            for (int row = 0; row < rowCount; row++)
            {
                float* values = _tile.Pointer + (row * TileMultiplier.TileSize);
                TakeLeast(least, firstRow + row, rows[row], values, 1, firstColumn, columnCount);
            }
        }

        if (rowBlock == columnBlock)
        {
            return;
        }

        lock (_lists.BlockLocks[columnBlock])
        {
            for (int column = 0; column < columnCount; column++)
            {
                TakeLeast(least, firstColumn + column, columns[column], _tile.Pointer + column, TileMultiplier.TileSize, firstRow, rowCount);
            }
        }
    }

    /// <summary>Takes the least of some values of a vertex, and offers those that may be it where values are rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeLeast(RowMinima least, int vertex, float found, float* values, int step, int first, int count)
    {
        float limit = Math.Min(least.Values[vertex], found) + least.Margin;
        least.Values[vertex] = Math.Min(least.Values[vertex], found);
        if (least.Candidates is not TopKReservoirs candidates || found > limit)
        {
            return;
        }

        for (int other = 0; other < count; other++)
        {
            float value = values[(nint)other * step];
            if (value <= limit)
            {
                candidates.Offer(vertex, -value, first + other);
            }
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfferToRows<TFilter>(TopKReservoirs best, TFilter filter, int rowBlock, int rowCount, int columnBlock, int columnCount)
        where TFilter : struct, IPairFilter
    {
        int firstColumn = columnBlock * TileMultiplier.TileSize;
        for (int row = 0; row < rowCount; row++)
        {
            float* values = _tile.Pointer + (row * TileMultiplier.TileSize);
            int vertex = (rowBlock * TileMultiplier.TileSize) + row;
            int column = _kernel.NextAtLeast(values, 0, columnCount, best.Bounds[vertex]);
            while (column < columnCount)
            {
                if (filter.Takes(vertex, firstColumn + column))
                {
                    best.Offer(vertex, values[column], firstColumn + column);
                }

                column = _kernel.NextAtLeast(values, column + 1, columnCount, best.Bounds[vertex]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfferToColumns<TFilter>(TopKReservoirs best, TFilter filter, int rowBlock, int rowCount, int columnBlock, int columnCount)
        where TFilter : struct, IPairFilter
    {
        int firstColumn = columnBlock * TileMultiplier.TileSize;
        float* bounds = best.Bounds + firstColumn;
        for (int row = 0; row < rowCount; row++)
        {
            float* values = _tile.Pointer + (row * TileMultiplier.TileSize);
            int vertex = (rowBlock * TileMultiplier.TileSize) + row;
            int column = _kernel.NextAtLeast(values, 0, columnCount, bounds);
            while (column < columnCount)
            {
                if (filter.Takes(vertex, firstColumn + column))
                {
                    best.Offer(firstColumn + column, values[column], vertex);
                }

                column = _kernel.NextAtLeast(values, column + 1, columnCount, bounds);
            }
        }
    }
}
