using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Tests.Engine.Gpu.Ptx;

namespace GnnReRank.Tests.Engine.Gpu;

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
        ulong[] thresholds = [.. Enumerable.Range(0, count).Select(row => DeviceKey.BestIsLargest(row % 5, count))];
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
