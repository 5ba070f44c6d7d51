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

    /// <param name="rows">The rows, ascending.</param>
    /// <param name="neighbors">The exact neighbours of each, itself left out.</param>
    public RowSample(int[] rows, int[][] neighbors) => (Rows, _neighbors) = (rows, neighbors);

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

    /// <summary>Draws rows.</summary>
    /// <param name="rowCount">All rows.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The rows of both halves, ascending.</returns>
    public static int[] Draw(int rowCount, int seed) => RandomRows.Draw(
        Enumerable.Range(0, rowCount), ClusterCounts.SampledOf(rowCount), unchecked(seed + 2));

    /// <summary>The sample of what a search among all rows found.</summary>
    /// <param name="drawn">The rows.</param>
    /// <param name="others">Neighbours a row, itself left out.</param>
    /// <param name="found">What <see cref="Search"/> found.</param>
    public static RowSample Of(int[] drawn, int others, ulong[] found) => new(
        drawn,
        [
            .. Enumerable.Range(0, drawn.Length).Select(place => found.Skip(place * others).Take(others)
                .Where(key => key != 0).Select(SortableKey.IndexOfBest).ToArray()),
        ]);

    /// <summary>The nearest of some rows to each of the sample.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="drawn">The rows of the sample.</param>
    /// <param name="first">The first row to compare with.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="others">Neighbours a row, itself left out.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>So many keys a row of the sample, best first; 0 where there are fewer.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ulong[] Search(
        VertexRows rows, int[] drawn, int first, int end, int others, TileKernel kernel, ComputeOptions options)
    {
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
        StageReporter reporter = new(StageNames.Sample, end - first, StageUnits.Rows, options);
        Workers.ForRanges(
            options.ThreadCount, end - first, TileMultiplier.TileSize,
            () => new RowTile(rows, kernel, TileMultiplier.TileSize),
            (tile, from, to) =>
            {
                tile.Take(order: null, first + from, to - from);
                for (int block = 0; block < blocks; block++)
                {
                    int columns = RowBlock.RowsOf(block, drawn.Length);
                    tile.Multiply(panels.Pointer + (block * blockSize), columns, 0, options.CancellationToken);
                    lock (locks[block])
                    {
                        Offer(
                            best, kernel, tile, first + from, first + to, drawn, block * TileMultiplier.TileSize,
                            columns);
                    }
                }

                reporter.Advance(to - from);
            });
        reporter.Complete(FormattableString.Invariant($"{drawn.Length:N0} rows with {end - first:N0}"));
        ulong[] keys = new ulong[drawn.Length * others];
        for (int place = 0; place < drawn.Length; place++)
        {
            best.Best(place).CopyTo(keys.AsSpan(place * others));
        }

        return keys;
    }

    /// <summary>The share of the exact neighbours of a row that its list holds.</summary>
    /// <param name="place">0-based place in <see cref="Rows"/>.</param>
    /// <param name="list">The list.</param>
    public double ShareIn(int place, ReadOnlySpan<int> list)
    {
        HashSet<int> found = [.. list];
        int[] exact = _neighbors[place];
        return exact.Length == 0 ? 1 : (double)exact.Count(found.Contains) / exact.Length;
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
}
