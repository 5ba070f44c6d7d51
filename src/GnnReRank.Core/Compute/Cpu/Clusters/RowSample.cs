using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Some rows at random with their exact neighbours: a pass of these rows with all.</summary>
internal sealed unsafe class RowSample
{
    private readonly int[][] _neighbors;

    private RowSample(int[] rows, int[][] neighbors) => (Rows, _neighbors) = (rows, neighbors);

    /// <summary>The rows, ascending.</summary>
    public int[] Rows { get; }

    /// <summary>The exact neighbours of a row of the sample, itself left out.</summary>
    /// <param name="place">0-based place in <see cref="Rows"/>.</param>
    public ReadOnlySpan<int> NeighborsOf(int place) => _neighbors[place];

    /// <summary>Every second row from the first or from the second on: two samples that share none.</summary>
    public RowSample Half(int first)
    {
        int[] places = [.. Enumerable.Range(0, Rows.Length).Where(place => place % 2 == first)];
        return new RowSample(
            [.. places.Select(place => Rows[place])], [.. places.Select(place => _neighbors[place])]);
    }

    /// <summary>Draws rows and finds their neighbours.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="count">How many to draw.</param>
    /// <param name="others">Neighbours a row, itself left out.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static RowSample Draw(
        VertexRows rows, int count, int others, int seed, TileKernel kernel, ComputeOptions options)
    {
        int[] drawn = RandomRows.Draw(Enumerable.Range(0, rows.Count), count, unchecked(seed + 2));
        int blocks = RowBlock.CountFor(drawn.Length);
        long blockSize = (long)TileMultiplier.TileSize * RowPacker.PackedDimension(rows.Dimension);
        using NativeBuffer<float> panels = new(blocks * blockSize);
        fixed (int* order = drawn)
        {
            for (int block = 0; block < blocks; block++)
            {
                RowPacker.Pack(
                    rows, order, block * TileMultiplier.TileSize, RowBlock.RowsOf(block, drawn.Length),
                    kernel.PanelColumns, panels.Pointer + (block * blockSize));
            }
        }

        using TopKReservoirs best = new(drawn.Length, others, margin: 0, candidateCount: rows.Count);
        Lock[] locks = [.. Enumerable.Range(0, blocks).Select(_ => new Lock())];
        StageReporter reporter = new(StageNames.Sample, rows.Count, StageUnits.Rows, options);
        Workers.ForRanges(
            options.ThreadCount, rows.Count, TileMultiplier.TileSize,
            () => new RowTile(rows, kernel, TileMultiplier.TileSize),
            (tile, from, to) =>
            {
                tile.Take(order: null, from, to - from);
                for (int block = 0; block < blocks; block++)
                {
                    int columns = RowBlock.RowsOf(block, drawn.Length);
                    tile.Multiply(panels.Pointer + (block * blockSize), columns, 0, options.CancellationToken);
                    lock (locks[block])
                    {
                        Offer(best, kernel, tile, from, to, drawn, block * TileMultiplier.TileSize, columns);
                    }
                }

                reporter.Advance(to - from);
            });
        reporter.Complete(FormattableString.Invariant($"{drawn.Length:N0} of {rows.Count:N0} rows with all"));
        return new RowSample(drawn, [.. Enumerable.Range(0, drawn.Length).Select(place => IndicesOf(best, place))]);
    }

    /// <summary>The share of the exact neighbours that lists hold, the mean over the rows of the sample.</summary>
    public double Recall(NeighborLists lists)
    {
        double sum = 0;
        for (int place = 0; place < Rows.Length; place++)
        {
            HashSet<int> found = [.. lists.Indices.AsSpan(Rows[place] * lists.NeighborCount, lists.NeighborCount)];
            int[] exact = _neighbors[place];
            sum += exact.Length == 0 ? 1 : (double)exact.Count(found.Contains) / exact.Length;
        }

        return sum / Rows.Length;
    }

    private static void Offer(
        TopKReservoirs best, TileKernel kernel, RowTile tile, int from, int to, int[] drawn, int first, int columns)
    {
        float* bounds = best.Bounds + first;
        for (int row = from; row < to; row++)
        {
            float* values = tile.Row(row - from);
            int column = kernel.NextAtLeast(values, 0, columns, bounds);
            while (column < columns)
            {
                if (drawn[first + column] != row)
                {
                    best.Offer(first + column, values[column], row);
                }

                column = kernel.NextAtLeast(values, column + 1, columns, bounds);
            }
        }
    }

    private static int[] IndicesOf(TopKReservoirs best, int place)
    {
        ReadOnlySpan<ulong> keys = best.Best(place);
        int[] indices = new int[keys.Length];
        for (int rank = 0; rank < keys.Length; rank++)
        {
            indices[rank] = SortableKey.IndexOfBest(keys[rank]);
        }

        return indices;
    }
}
