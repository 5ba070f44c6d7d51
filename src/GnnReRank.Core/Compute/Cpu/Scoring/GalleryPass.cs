using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>
/// The cosines of many queries with a gallery too large to pack whole: it is passed over a group of blocks at a time, once for all of
/// these queries.
/// </summary>
internal static unsafe class GalleryPass
{
    /// <summary>Multiplies queries [first, first + count) with every gallery row.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="queries">All queries.</param>
    /// <param name="first">0-based first query.</param>
    /// <param name="count">The number of queries.</param>
    /// <param name="gallery">The whole gallery.</param>
    /// <param name="groupBlocks">Gallery blocks packed at a time.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>count x n_g cosines.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static RowBlocks<float> Multiply(
        TileKernel kernel, VertexRows queries, int first, int count, VertexRows gallery, int groupBlocks,
        ComputeOptions options)
    {
        RowBlocks<float> cosines = new(count, gallery.Count);
        Multiply(kernel, queries, first, count, gallery, groupBlocks, cosines, options);
        return cosines;
    }

    /// <summary>The same into the first rows of what was made before.</summary>
    public static void Multiply(
        TileKernel kernel, VertexRows queries, int first, int count, VertexRows gallery, int groupBlocks,
        RowBlocks<float> cosines, ComputeOptions options)
    {
        using PackedRows<float> columns = PackedColumns.Of(gallery, kernel, groupBlocks);
        for (int block = 0; block < columns.BlockCount; block += groupBlocks)
        {
            int end = Math.Min(block + groupBlocks, columns.BlockCount);
            columns.Fill(block, end, options);
            int group = block;
            Workers.ForRanges(
                options.ThreadCount, count, TileMultiplier.TileSize,
                () => new Maker(kernel, queries, columns),
                (maker, from, to) => maker.Multiply(first, from, to, group, end, cosines, options.CancellationToken));
        }
    }

    private sealed class Maker(TileKernel kernel, VertexRows queries, PackedRows<float> columns) : IDisposable
    {
        private readonly NativeBuffer<float> _left = new((long)TileMultiplier.TileSize * columns.Depth);
        private readonly NativeBuffer<float> _tile = new(TileMultiplier.TileSize * TileMultiplier.TileSize);

        public void Multiply(
            int first, int from, int to, int block, int end, RowBlocks<float> cosines, CancellationToken cancellationToken)
        {
            RowPacker.Pack(queries, first + from, to - from, kernel.PanelRows, _left.Pointer);
            for (; block < end; block++)
            {
                int width = columns.RowsOf(block);
                TileMultiplier.Multiply(
                    kernel, _left.Pointer, to - from, columns.Block(block), width, columns.Depth, _tile.Pointer, TileMultiplier.TileSize,
                    cancellationToken);
                for (int row = from; row < to; row++)
                {
                    new ReadOnlySpan<float>(_tile.Pointer + ((row - from) * TileMultiplier.TileSize), width)
                        .CopyTo(cosines[row][(block * TileMultiplier.TileSize)..]);
                }
            }
        }

        public void Dispose()
        {
            _left.Dispose();
            _tile.Dispose();
        }
    }
}
