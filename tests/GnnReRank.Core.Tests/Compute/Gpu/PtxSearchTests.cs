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
        const int Count = 20;
        const int Capacity = 3;
        float[] rows = Made(Count, TileProduct.Size);
        int[] counts = new int[Count];
        ulong[] queue = new ulong[Count * Capacity];
        new PtxArguments
        {
            ["Rows"] = rows, ["Thresholds"] = new ulong[Count], ["Counts"] = counts, ["Queue"] = queue, ["Count"] = Count,
            ["Stride"] = Stride, ["Capacity"] = Capacity, ["BlockCount"] = 1, ["OffsetCount"] = 1,
        }.Run<TileArguments<float>>(SearchKernels.SearchTile, 1, TileProduct.Threads);
        Assert.All(counts, count => Assert.Equal(Count - 1, count));
        for (int row = 0; row < Count; row++)
        {
            ulong[] kept = [.. queue[(row * Capacity)..((row + 1) * Capacity)].Distinct()];
            Assert.Equal(Capacity, kept.Intersect(KeysOf(rows, row, Count)).Count());
        }
    }

    [Fact]
    public void RectanglesOfferRowsAndColumnsToEachOther()
    {
        // Vertices 0 to 255 are rows, of which the second block meets those from 256 on, 40 of them.
        const int Count = 296;
        float[] rows = Made(Count, 3 * TileProduct.Size);
        int[] counts = new int[Count];
        ulong[] queue = new ulong[Count * Count];
        new PtxArguments
        {
            ["Tiles"] = new PtxArguments
            {
                ["Rows"] = rows, ["Thresholds"] = new ulong[Count], ["Counts"] = counts, ["Queue"] = queue, ["Count"] = Count,
                ["Stride"] = Stride, ["Capacity"] = Count,
            },
            ["Columns"] = rows[(256 * Stride)..], ["FirstColumnVertex"] = 256,
            ["Part"] = new PtxArguments { ["FirstRow"] = 1, ["RowCount"] = 1, ["ColumnCount"] = 1 },
        }.Run<RectangleArguments<float>>(SearchKernels.SearchRectangle, 1, TileProduct.Threads);
        for (int row = 0; row < Count; row++)
        {
            ulong[] expected = row < 128 ? [] : [.. KeysOf(rows, row, Count).Where(key => row < 256
                ? DeviceKey.IndexOfBest(key) >= 256 : DeviceKey.IndexOfBest(key) is >= 128 and < 256)];
            Assert.Equal(expected, queue[(row * Count)..((row * Count) + counts[row])].OrderDescending());
        }
    }

    /// <summary>Tiles, products, rows with themselves and candidates scored again give the same bits, fused or not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AllWaysToAProductRoundAlike(bool fuses)
    {
        const int Count = 9;
        Random random = new(6);
        float[] rows = [.. Enumerable.Range(0, TileProduct.Size * Stride).Select(_ => random.NextSingle() - 0.5f)];
        float[] products = new float[Count * Count];
        float[] selves = new float[Count];
        ulong[] queue = new ulong[Count * Count];
        ulong[] lists = [.. Enumerable.Range(0, Count * Count).Select(at => DeviceKey.BestIsLargest(1, at % Count))];
        new PtxArguments
        {
            ["Rows"] = rows, ["Columns"] = rows, ["Products"] = products, ["RowCount"] = Count, ["ColumnCount"] = Count,
            ["Stride"] = Stride, ["ProductStride"] = Count,
        }.Run<ProductArguments>(SearchKernels.Product, 1, TileProduct.Threads, fuses: fuses);
        new PtxArguments
        {
            ["Rows"] = rows, ["Thresholds"] = new ulong[Count], ["Counts"] = new int[Count], ["Queue"] = queue, ["Count"] = Count,
            ["Stride"] = Stride, ["Capacity"] = Count, ["BlockCount"] = 1, ["OffsetCount"] = 1,
        }.Run<TileArguments<float>>(SearchKernels.SearchTile, 1, TileProduct.Threads, fuses: fuses);
        PtxArguments list = new()
        {
            ["Rows"] = rows, ["Lists"] = lists, ["Scores"] = selves, ["Count"] = Count, ["Stride"] = Stride, ["ListLength"] = Count,
            ["NeighborCount"] = 1,
        };
        list.Run<ListArguments>(ListKernels.WriteSelf, 1, 16, fuses: fuses);
        list.Run<ListArguments>(ListKernels.ScoreAgain, Count, 16, fuses: fuses);
        Assert.Equal(Enumerable.Range(0, Count * Count).Select(at => Chain(at / Count, at % Count)), products);
        Assert.Equal(products.Select((score, at) => DeviceKey.BestIsLargest(score, at % Count)), lists);
        Assert.Equal(Enumerable.Range(0, Count).Select(row => products[row * (Count + 1)]), selves);
        Assert.Equal(lists.Where((_, at) => at % (Count + 1) != 0).Order(), queue.Where(key => key != 0).Order());

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
        const int Rows = 140;
        const int Columns = 150;
        const int ProductStride = 160;
        float[] rows = Made(Rows, 2 * TileProduct.Size);
        float[] columns = Made(Columns, 2 * TileProduct.Size);
        float[] products = new float[Rows * ProductStride];
        Array.Fill(products, -7f);
        new PtxArguments
        {
            ["Rows"] = rows, ["Columns"] = columns, ["Products"] = products, ["RowCount"] = Rows, ["ColumnCount"] = Columns,
            ["Stride"] = Stride, ["ProductStride"] = ProductStride,
        }.Run<ProductArguments>(SearchKernels.Product, 2, TileProduct.Threads, groupRows: 2);
        for (int at = 0; at < products.Length; at++)
        {
            (int row, int column) = (at / ProductStride, at % ProductStride);
            Assert.Equal(column < Columns ? Dot(rows, row, columns, column) : -7f, products[at]);
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
