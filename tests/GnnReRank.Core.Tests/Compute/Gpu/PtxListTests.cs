using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The kernels between candidates and graph as CUDA gets them, emulated.</summary>
public sealed class PtxListTests
{
    private const int Stride = 64;

    [Theory]
    [InlineData(false, 0f)]
    [InlineData(false, 0.25f)]
    [InlineData(true, 0.25f)]
    public void MergesQueuesIntoTheBest(bool isLarge, float margin)
    {
        const int listLength = 8;
        const int capacity = 40;
        const int wanted = 5;
        int[] counts = [40, 0, 3, 13, 1, 8, 9, 40];
        int rows = counts.Length;
        ulong[][] olds = [.. Enumerable.Range(0, rows).Select(row => Keys(row, 0, Math.Min(listLength, row * 2)))];
        ulong[][] news = [.. Enumerable.Range(0, rows).Select(row => Keys(row + rows, 50, counts[row]))];
        ulong[] lists = [.. olds.SelectMany(keys => keys.OrderDescending().Concat(new ulong[listLength - keys.Length]))];
        ulong[] thresholds = [.. Enumerable.Repeat(9UL, rows)];
        ulong[] dropped = new ulong[rows];
        new PtxArguments
        {
            ["Lists"] = lists, ["Thresholds"] = thresholds, ["Counts"] = counts, ["Dropped"] = dropped,
            ["Queue"] = (ulong[])[.. news.SelectMany(keys => keys.Concat(Enumerable.Repeat(ulong.MaxValue, capacity - keys.Length)))],
            ["Count"] = rows, ["Capacity"] = capacity, ["ListLength"] = listLength, ["Wanted"] = wanted,
            ["Margin"] = margin,
        }.Run<MergeArguments>(isLarge ? MergeKernels.MergeLarge : MergeKernels.MergeSmall, rows, 128);
        Assert.Equal(new int[rows], counts);
        for (int row = 0; row < rows; row++)
        {
            ulong[] all = [.. olds[row].Concat(news[row]).OrderDescending(), .. new ulong[listLength]];
            bool untouched = news[row].Length == 0;
            ulong threshold = untouched ? 9 : ThresholdOf(all[wanted - 1], margin);
            Assert.Equal(threshold, thresholds[row]);
            Assert.Equal(
                all.Take(listLength).Select((key, slot) => slot < wanted || key > threshold ? key : 0UL), lists.Skip(row * listLength).Take(listLength));
            Assert.Equal(untouched ? 0UL : all[listLength], dropped[row]);
        }
    }

    [Fact]
    public void CountsTheQueuesTooShort()
    {
        int[] overflows = [0];
        new PtxArguments { ["Counts"] = (int[])[4, 5, 3, 9, 0], ["Overflows"] = overflows, ["Count"] = 5, ["Capacity"] = 4 }
            .Run<MergeArguments>(MergeKernels.FindOverflow, 2, 4);
        Assert.Equal(2, overflows[0]);
    }

    [Fact]
    public void CountsTheRowsThatDroppedWhatTheyMayHaveNeeded()
    {
        int[] found = [0];
        ulong[] dropped = [5, 0, 7, 9, 4];
        new PtxArguments
        {
            ["Dropped"] = dropped, ["Thresholds"] = (ulong[])[4, 0, 7, 8, 5], ["Overflows"] = found, ["Count"] = 5,
        }.Run<MergeArguments>(MergeKernels.CountGivenUp, 2, 4);
        Assert.Equal(2, found[0]);
    }

    [Fact]
    public void WritesTheGraph()
    {
        const int listLength = 16;
        const int neighborCount = 12;
        ulong[] lists = [.. Keys(1, 0, listLength), .. Keys(2, 0, listLength), .. Keys(3, 0, listLength)];
        int[] indices = new int[3 * neighborCount];
        float[] scores = [.. Enumerable.Repeat(-1f, 3 * neighborCount)];
        new PtxArguments
        {
            ["Lists"] = lists, ["Indices"] = indices, ["Scores"] = scores, ["ListLength"] = listLength, ["NeighborCount"] = neighborCount,
        }.Run<ListArguments>(ListKernels.WriteGraph, 3, 64);
        for (int row = 0; row < 3; row++)
        {
            ulong[] best = [.. lists[(row * listLength)..((row + 1) * listLength)].OrderDescending().Take(neighborCount - 1)];
            Assert.Equal([row, .. best.Select(DeviceKey.IndexOfBest)], indices.Skip(row * neighborCount).Take(neighborCount));
            Assert.Equal([-1f, .. best.Select(DeviceKey.ScoreOfBest)], scores.Skip(row * neighborCount).Take(neighborCount));
        }
    }

    [Fact]
    public void MultipliesRowsWithThemselves()
    {
        // More than a group has, from a later vertex on.
        const int count = 70;
        const int firstVertex = 2;
        float[] rows = MadeRows(count, 5);
        float[] scores = new float[(firstVertex + count) * 3];
        new PtxArguments
        {
            ["Rows"] = rows, ["Scores"] = scores, ["FirstVertex"] = firstVertex, ["Count"] = count, ["Stride"] = Stride,
            ["NeighborCount"] = 3,
        }.Run<ListArguments>(ListKernels.WriteSelf, 2, RowChains.Threads);
        Assert.Equal(
            Enumerable.Range(0, firstVertex + count).SelectMany(vertex =>
                (float[])[vertex < firstVertex ? 0 : Dot(rows, vertex - firstVertex, vertex - firstVertex), 0, 0]),
            scores);
    }

    /// <summary>Candidates with wrong scores, empty places behind them: none, a full pass, two, all places.</summary>
    [Fact]
    public void MultipliesRowsWithThemselvesAndWithCandidates()
    {
        const int count = 150;
        const int listLength = 128;
        int[] taken = [0, 1, 62, 63, 64, 126, 127, 128];
        float[] rows = MadeRows(count, 6);
        float[] scores = [.. Enumerable.Repeat(7f, taken.Length * 2)];
        ulong[] lists = [.. taken.SelectMany((places, row) => Enumerable.Range(0, listLength)
            .Select(place => place < places ? DeviceKey.BestIsLargest(0.75f, Other(row, place)) : 0UL))];
        new PtxArguments
        {
            ["Rows"] = rows, ["Lists"] = lists, ["Scores"] = scores, ["Stride"] = Stride, ["ListLength"] = listLength,
            ["NeighborCount"] = 2,
        }.Run<ListArguments>(ListKernels.ScoreAgain, taken.Length, RowChains.Threads);
        Assert.Equal(
            taken.SelectMany((places, row) => Enumerable.Range(0, listLength).Select(place => place < places
                ? DeviceKey.BestIsLargest(Dot(rows, row, Other(row, place)), Other(row, place)) : 0UL)),
            lists);
        Assert.Equal(taken.SelectMany((_, row) => (float[])[Dot(rows, row, row), 7]), scores);

        static int Other(int row, int place) => ((row * 7) + (place * 11) + 1) % count;
    }

    private static float[] MadeRows(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count * Stride).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static ulong ThresholdOf(ulong last, float margin) => margin == 0 || last == 0
        ? last : DeviceKey.BestIsLargest(DeviceKey.ScoreOfBest(last) - margin, 0) & 0xffff_ffff_0000_0000;

    /// <summary>Keys of scores from -1 to 1, some alike, and different indices.</summary>
    private static ulong[] Keys(int seed, int firstIndex, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(firstIndex, count).Select(index => DeviceKey.BestIsLargest(random.Next(-8, 9) / 8f, index))];
    }

    // One rounding a product and one a sum, in the order of the values.
    private static float Dot(float[] rows, int row, int other)
    {
        float sum = 0;
        for (int k = 0; k < Stride; k++)
        {
            float product = rows[(row * Stride) + k] * rows[(other * Stride) + k];
            sum += product;
        }

        return sum;
    }
}
