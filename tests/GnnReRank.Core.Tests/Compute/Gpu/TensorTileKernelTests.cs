using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Rows;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The kernel's own PTX, run by an emulator: no machine of the tests has tensor cores.</summary>
public sealed class TensorTileKernelTests
{
    /// <summary>
    /// One block of rows; two, whose only other offset is half way round; three; four, with both. Of 64, 200, 300 and 400 rows none
    /// fills its last block. One, two, three and six steps of 32 values, with a padded one.
    /// </summary>
    public static TheoryData<int, int, bool> Shapes => new()
    {
        { 64, 192, false }, { 200, 64, false }, { 200, 32, true }, { 300, 90, false }, { 300, 192, true }, { 400, 64, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void QueuesTheRowsAboveTheThreshold(int count, int dimension, bool copiesLandAtOnce)
    {
        HalfMatrix matrix = new(MadeFeatures.Random(count, dimension, 11));
        float[] limits = [.. Enumerable.Range(0, count).Select(matrix.Threshold)];
        ulong[] thresholds = [.. limits.Select(limit => DeviceKey.BestIsLargest(limit, 0))];
        TensorTileRun run = new(matrix.Values, count, matrix.Stride, thresholds, 100);
        run.RunAll(copiesLandAtOnce);
        double bound = HalfBound.OfSum(dimension);
        for (int row = 0; row < count; row++)
        {
            int[] expected = [.. Others(row, count).Where(column => matrix.Score(row, column) > limits[row])];
            Assert.All(Others(row, count), column => Assert.True(Math.Abs(matrix.Score(row, column) - limits[row]) > bound));
            AssertQueue(matrix, run.QueueOf(row), row, expected, bound);
            Assert.Equal(expected.Length, run.Counts[row]);
        }
    }

    [Fact]
    public void TakesAllPairsOnceAtThresholdZeroAndEachOffsetByItself()
    {
        const int count = 300;
        HalfMatrix matrix = new(MadeFeatures.Random(count, 32, 12));
        TensorTileRun run = new(matrix.Values, count, matrix.Stride, new ulong[count], count);
        run.Run(1, 1);
        Assert.All(Enumerable.Range(0, count), row => Assert.Equal(count - RowsInBlock(row / 128, count), run.Counts[row]));
        run.Run(0, 1);
        for (int row = 0; row < count; row++)
        {
            AssertQueue(matrix, run.QueueOf(row), row, Others(row, count), HalfBound.OfSum(32));
            Assert.Equal(count - 1, run.Counts[row]);
        }
    }

    [Fact]
    public void CountsWhatAFullQueueCouldNotTake()
    {
        const int count = 140;
        const int capacity = 7;
        HalfMatrix matrix = new(MadeFeatures.Random(count, 32, 13));
        TensorTileRun run = new(matrix.Values, count, matrix.Stride, new ulong[count], capacity);
        run.RunAll();
        for (int row = 0; row < count; row++)
        {
            (int Index, float Score)[] queue = run.QueueOf(row);
            Assert.Equal(count - 1, run.Counts[row]);
            Assert.Equal(capacity, queue.Length);
            AssertQueue(matrix, queue, row, [.. queue.Select(entry => entry.Index).Distinct()], HalfBound.OfSum(32));
        }
    }

    [Fact]
    public void MapsMoreThanOneBandOfRowBlocks()
    {
        const int count = (17 * 128) - 5;
        HalfMatrix matrix = new(MadeFeatures.Random(count, 8, 14));
        TensorTileRun run = new(matrix.Values, count, matrix.Stride, new ulong[count], 128);
        run.Run(0, 1);
        for (int row = 0; row < count; row++)
        {
            int[] expected = [.. Others(row, count).Where(column => column / 128 == row / 128)];
            Assert.Equal(expected.Length, run.Counts[row]);
            AssertQueue(matrix, run.QueueOf(row), row, expected, HalfBound.OfSum(8));
        }
    }

    private static int[] Others(int row, int count) => [.. Enumerable.Range(0, count).Where(column => column != row)];

    private static int RowsInBlock(int block, int count) => Math.Min(128, count - (block * 128));

    private static void AssertQueue(HalfMatrix matrix, (int Index, float Score)[] queue, int row, int[] expected, double bound)
    {
        Assert.Equal(expected.Order(), queue.Select(entry => entry.Index).Order());
        Assert.All(queue, entry => Assert.InRange(Math.Abs(entry.Score - matrix.Score(row, entry.Index)), 0, bound));
    }
}
