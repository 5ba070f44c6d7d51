using GnnReRank.Compute.Gpu.Kernels.Tiles;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>Products of rows in float32: the search of a matrix in itself, and the plain product of two.</summary>
internal static class SearchKernels
{
    // Behind a part of a tile.
    private const int LimitsAt = TileProduct.PartRows * TileProduct.Size;
    private const int RowStep = TileProduct.Threads / TileProduct.Size;

    /// <summary>Multiplies one tile of S and offers its values to the rows on both sides: no value of S is stored.</summary>
    [Kernel(GroupSize = TileProduct.Threads, GroupsTogether = 2)]
    public static void SearchTile(TileArguments<float> arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(TileProduct.SharedLength).AsAligned(16);
        int rowBlock = TileMap.RowBlock(Grid.IdxX, arguments.BlockCount, arguments.OffsetCount);
        int offset = arguments.FirstOffset + TileMap.Offset(Grid.IdxX, arguments.BlockCount, arguments.OffsetCount);
        if (TileMap.IsMirrored(rowBlock, offset, arguments.BlockCount))
        {
            return;
        }

        int firstRow = rowBlock * TileProduct.Size;
        int firstColumn = (rowBlock + offset) % arguments.BlockCount * TileProduct.Size;
        Tile8 tile = TileProduct.Multiply(
            RowsFrom(arguments.Rows, firstRow, arguments.Stride), RowsFrom(arguments.Rows, firstColumn, arguments.Stride),
            arguments.Stride, shared);
        OfferTile(arguments, tile, shared, arguments.FirstVertex + firstRow, arguments.FirstVertex + firstColumn, offset == 0);
    }

    /// <summary>As <see cref="SearchTile"/>, of rows with other rows.</summary>
    [Kernel(GroupSize = TileProduct.Threads, GroupsTogether = 2)]
    public static void SearchRectangle(RectangleArguments<float> arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(TileProduct.SharedLength).AsAligned(16);
        TileRectangle part = arguments.Part;
        int firstRow = (part.FirstRow + TileMap.RowBlock(Grid.IdxX, part.RowCount, part.ColumnCount)) * TileProduct.Size;
        int firstColumn = (part.FirstColumn + TileMap.Offset(Grid.IdxX, part.RowCount, part.ColumnCount)) * TileProduct.Size;
        Tile8 tile = TileProduct.Multiply(
            RowsFrom(arguments.Tiles.Rows, firstRow, arguments.Tiles.Stride), RowsFrom(arguments.Columns, firstColumn, arguments.Tiles.Stride),
            arguments.Tiles.Stride, shared);
        OfferTile(
            arguments.Tiles, tile, shared, arguments.Tiles.FirstVertex + firstRow, arguments.FirstColumnVertex + firstColumn,
            isDiagonal: false);
    }

    /// <summary>Multiplies one tile of rows and columns, at Grid.IdxY and Grid.IdxX, and stores it.</summary>
    [Kernel(GroupSize = TileProduct.Threads, GroupsTogether = 2)]
    public static void Product(ProductArguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(TileProduct.SharedLength).AsAligned(16);
        int firstRow = Grid.IdxY * TileProduct.Size;
        int firstColumn = Grid.IdxX * TileProduct.Size;
        Tile8 tile = TileProduct.Multiply(
            RowsFrom(arguments.Rows, firstRow, arguments.Stride), RowsFrom(arguments.Columns, firstColumn, arguments.Stride),
            arguments.Stride, shared);
        for (int part = 0; part < TileProduct.Parts; part++)
        {
            TileProduct.StorePart(tile, part, shared);
            Group.Barrier();
            for (int element = Group.IdxX; element < TileProduct.PartRows * TileProduct.Size; element += TileProduct.Threads)
            {
                int row = firstRow + (part * TileProduct.PartRows) + (element / TileProduct.Size);
                int column = firstColumn + (element % TileProduct.Size);
                if (row < arguments.RowCount && column < arguments.ColumnCount)
                {
                    arguments.Products[((long)row * arguments.ProductStride) + column] = shared[element];
                }
            }

            Group.Barrier();
        }
    }

    private static void OfferTile(
        TileArguments<float> arguments, Tile8 tile, ArrayView<float> shared, int firstRow, int firstColumn, bool isDiagonal)
    {
        // Nearly all scores are below both their limits, which one comparison tells.
        int column = Group.IdxX & (TileProduct.Size - 1);
        float columnLimit = isDiagonal
            ? float.PositiveInfinity
            : CandidateQueue.LimitOf(arguments.Thresholds, firstColumn + column, arguments.Count);
        if (Group.IdxX < TileProduct.Size)
        {
            shared[LimitsAt + column] = CandidateQueue.LimitOf(arguments.Thresholds, firstRow + column, arguments.Count);
        }

        for (int part = 0; part < TileProduct.Parts; part++)
        {
            TileProduct.StorePart(tile, part, shared);
            Group.Barrier();
            int partRow = part * TileProduct.PartRows;
            for (int row = Group.IdxX / TileProduct.Size; row < TileProduct.PartRows; row += RowStep)
            {
                float score = shared[(row * TileProduct.Size) + column];
                if (score >= Math.Min(shared[LimitsAt + partRow + row], columnLimit))
                {
                    CandidateQueue.Offer(
                        arguments, firstRow + partRow + row, firstColumn + column, score, isDiagonal);
                }
            }

            Group.Barrier();
        }
    }

    private static ArrayView<float> RowsFrom(ArrayView<float> rows, int first, int stride) =>
        rows.SubView((long)first * stride, (long)TileProduct.Size * stride);
}
