using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The search's kernels as CUDA gets them, emulated: tiles, merging, the graph.</summary>
public sealed class PtxSearchTests
{
    private const int Stride = 32;

    [Theory]
    [InlineData(100, 1)]
    [InlineData(300, 3)]
    public void TilesOfferEachPairAboveTheThresholdsOnce(int count, int blocks)
    {
        float[] rows = Made(count, blocks * TileProduct.Size);

        // A threshold is the key of a row: it must not be taken itself, nor what ties with it and has a larger index.
        ulong[] thresholds = [.. Enumerable.Range(0, count).Select(row => KeysOf(rows, row, count).ElementAt(row % 7 * 3))];
        int[] counts = new int[count];
        ulong[] queue = new ulong[count * count];
        int offsets = TileMap.LastOffset(blocks) + 1;
        new PtxArguments
        {
            ["Rows"] = rows, ["Thresholds"] = thresholds, ["Counts"] = counts, ["Queue"] = queue, ["Count"] = count, ["Stride"] = Stride,
            ["Capacity"] = count, ["BlockCount"] = blocks, ["OffsetCount"] = offsets,
        }.Run<TileArguments<float>>(SearchKernels.SearchTile, TileMap.GroupCount(blocks, offsets), TileProduct.Threads);
        for (int row = 0; row < count; row++)
        {
            ulong[] expected = [.. KeysOf(rows, row, count).Where(key => key > thresholds[row])];
            Assert.Equal(expected, queue[(row * count)..((row * count) + counts[row])].OrderDescending());
        }
    }

    [Fact]
    public void TilesCountWhatAFullQueueCouldNotTake()
    {
        const int count = 20;
        const int capacity = 3;
        float[] rows = Made(count, TileProduct.Size);
        int[] counts = new int[count];
        ulong[] queue = new ulong[count * capacity];
        new PtxArguments
        {
            ["Rows"] = rows, ["Thresholds"] = new ulong[count], ["Counts"] = counts, ["Queue"] = queue, ["Count"] = count,
            ["Stride"] = Stride, ["Capacity"] = capacity, ["BlockCount"] = 1, ["OffsetCount"] = 1,
        }.Run<TileArguments<float>>(SearchKernels.SearchTile, 1, TileProduct.Threads);
        Assert.All(counts, found => Assert.Equal(count - 1, found));
        for (int row = 0; row < count; row++)
        {
            ulong[] kept = [.. queue[(row * capacity)..((row + 1) * capacity)].Distinct()];
            Assert.Equal(capacity, kept.Intersect(KeysOf(rows, row, count)).Count());
        }
    }

    [Fact]
    public void RectanglesOfferRowsAndColumnsToEachOther()
    {
        // Vertices 0 to 255 are rows, of which the second block meets those from 256 on, 40 of them.
        const int count = 296;
        float[] rows = Made(count, 3 * TileProduct.Size);
        int[] counts = new int[count];
        ulong[] queue = new ulong[count * count];
        new PtxArguments
        {
            ["Tiles"] = new PtxArguments
            {
                ["Rows"] = rows, ["Thresholds"] = new ulong[count], ["Counts"] = counts, ["Queue"] = queue, ["Count"] = count,
                ["Stride"] = Stride, ["Capacity"] = count,
            },
            ["Columns"] = rows[(256 * Stride)..], ["FirstColumnVertex"] = 256,
            ["Part"] = new PtxArguments { ["FirstRow"] = 1, ["RowCount"] = 1, ["ColumnCount"] = 1 },
        }.Run<RectangleArguments<float>>(SearchKernels.SearchRectangle, 1, TileProduct.Threads);
        for (int row = 0; row < count; row++)
        {
            ulong[] expected = row < 128 ? [] : [.. KeysOf(rows, row, count).Where(key => row < 256
                ? DeviceKey.IndexOfBest(key) >= 256 : DeviceKey.IndexOfBest(key) is >= 128 and < 256)];
            Assert.Equal(expected, queue[(row * count)..((row * count) + counts[row])].OrderDescending());
        }
    }

    /// <summary>Tiles, products, rows with themselves and candidates scored again give the same bits, fused or not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AllWaysToAProductRoundAlike(bool fuses)
    {
        const int count = 9;
        Random random = new(6);
        float[] rows = [.. Enumerable.Range(0, TileProduct.Size * Stride).Select(_ => random.NextSingle() - 0.5f)];
        float[] products = new float[count * count];
        float[] selves = new float[count];
        ulong[] queue = new ulong[count * count];
        ulong[] lists = [.. Enumerable.Range(0, count * count).Select(at => DeviceKey.BestIsLargest(1, at % count))];
        new PtxArguments
        {
            ["Rows"] = rows, ["Columns"] = rows, ["Products"] = products, ["RowCount"] = count, ["ColumnCount"] = count,
            ["Stride"] = Stride, ["ProductStride"] = count,
        }.Run<ProductArguments>(SearchKernels.Product, 1, TileProduct.Threads, fuses: fuses);
        new PtxArguments
        {
            ["Rows"] = rows, ["Thresholds"] = new ulong[count], ["Counts"] = new int[count], ["Queue"] = queue, ["Count"] = count,
            ["Stride"] = Stride, ["Capacity"] = count, ["BlockCount"] = 1, ["OffsetCount"] = 1,
        }.Run<TileArguments<float>>(SearchKernels.SearchTile, 1, TileProduct.Threads, fuses: fuses);
        PtxArguments list = new()
        {
            ["Rows"] = rows, ["Lists"] = lists, ["Scores"] = selves, ["Count"] = count, ["Stride"] = Stride, ["ListLength"] = count,
            ["NeighborCount"] = 1,
        };
        list.Run<ListArguments>(ListKernels.WriteSelf, 1, RowChains.Threads, fuses: fuses);
        float[] written = [.. selves];
        list.Run<ListArguments>(ListKernels.ScoreAgain, count, RowChains.Threads, fuses: fuses);
        Assert.Equal(written, selves);
        Assert.Equal(Enumerable.Range(0, count * count).Select(at => Chain(at / count, at % count)), products);
        Assert.Equal(products.Select((score, at) => DeviceKey.BestIsLargest(score, at % count)), lists);
        Assert.Equal(Enumerable.Range(0, count).Select(row => products[row * (count + 1)]), selves);
        Assert.Equal(lists.Where((_, at) => at % (count + 1) != 0).Order(), queue.Where(key => key != 0).Order());

        float Chain(int row, int column)
        {
            float sum = 0;
            for (int k = 0; k < Stride; k++)
            {
                (float a, float b) = (rows[(row * Stride) + k], rows[(column * Stride) + k]);
                float product = a * b;
                sum = fuses ? MathF.FusedMultiplyAdd(a, b, sum) : sum + product;
            }

            return sum;
        }
    }

    [Fact]
    public void ProductOfTwoByTwoTiles()
    {
        const int rowCount = 140;
        const int columnCount = 150;
        const int productStride = 160;
        float[] rows = Made(rowCount, 2 * TileProduct.Size);
        float[] columns = Made(columnCount, 2 * TileProduct.Size);
        float[] products = new float[rowCount * productStride];
        Array.Fill(products, -7f);
        new PtxArguments
        {
            ["Rows"] = rows, ["Columns"] = columns, ["Products"] = products, ["RowCount"] = rowCount, ["ColumnCount"] = columnCount,
            ["Stride"] = Stride, ["ProductStride"] = productStride,
        }.Run<ProductArguments>(SearchKernels.Product, 2, TileProduct.Threads, groupRows: 2);
        for (int at = 0; at < products.Length; at++)
        {
            (int row, int column) = (at / productStride, at % productStride);
            Assert.Equal(column < columnCount ? Dot(rows, row, columns, column) : -7f, products[at]);
        }
    }

    /// <summary>Small integers, whose products are exact in any order; past the rows what must never be offered.</summary>
    private static float[] Made(int count, int paddedCount)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, paddedCount * Stride).Select(at => at < count * Stride ? random.Next(-3, 4) : 1000f)];
    }

    private static float Dot(float[] rows, int row, float[] columns, int column) =>
        Enumerable.Range(0, Stride).Sum(k => rows[(row * Stride) + k] * columns[(column * Stride) + k]);

    private static IEnumerable<ulong> KeysOf(float[] rows, int row, int count) =>
        Enumerable.Range(0, count).Where(other => other != row)
            .Select(other => DeviceKey.BestIsLargest(Dot(rows, row, rows, other), other)).OrderDescending();
}
