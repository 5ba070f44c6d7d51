using GnnReRank.Compute.Gpu.Kernels.Walks;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The kernels of walks as CUDA gets them, emulated.</summary>
public sealed class PtxWalkTests
{
    // A query in each of a thread's four lanes, and one of the next thread's.
    private const int Count = 11;
    private const int QueryCount = 6;
    private const int GalleryCount = Count - QueryCount;
    private const int Walking = 5;
    private const int FirstQuery = 1;
    private const float Restart = 0.25f;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BeginsStepsAndWritesScores(int addsToCosines)
    {
        // Values of a few bits: sums are exact, fused or not.
        float[,] matrix = PtxSparse.Made(Count, 5, 0.4);
        int[] offsets = new int[Count + 1];
        (int Column, float Value)[] entries =
            [.. Enumerable.Range(0, Count).SelectMany(row => PtxSparse.Row(matrix, row))];
        for (int row = 0; row < Count; row++)
        {
            offsets[row + 1] = offsets[row] + PtxSparse.Row(matrix, row).Length;
        }

        float[] gains = [9, 2, 0.5f, 4, 1, 0.25f];
        float[] before = new float[Count * WalkStepKernels.Lanes];
        float[] after = new float[before.Length];
        float[] scores = new float[Walking * GalleryCount];
        PtxArguments arguments = new()
        {
            ["Offsets"] = offsets,
            ["Lengths"] = Enumerable.Range(0, Count).Select(row => offsets[row + 1] - offsets[row]).ToArray(),
            ["Columns"] = entries.Select(entry => entry.Column).ToArray(),
            ["Values"] = entries.Select(entry => entry.Value).ToArray(), ["Before"] = before, ["After"] = after,
            ["Gains"] = gains, ["Scores"] = scores, ["Count"] = Count, ["QueryCount"] = QueryCount,
            ["GalleryCount"] = GalleryCount, ["FirstQuery"] = FirstQuery, ["Walking"] = Walking, ["Restart"] = Restart,
            ["Density"] = 100f,
            ["AddsToCosines"] = addsToCosines,
        };
        arguments.Run<WalkArguments>(WalkStepKernels.Begin, 1, WalkStepKernels.Threads);
        double[][] walks = [.. Enumerable.Range(FirstQuery, Walking).Select(
            query => Enumerable.Range(0, Count).Select(v => v == query ? 1.0 : 0).ToArray())];
        for (int step = 0; step < 2; step++)
        {
            int groups = (Count + WalkStepKernels.Rows - 1) / WalkStepKernels.Rows;
            arguments.Run<WalkArguments>(WalkStepKernels.Step, groups, WalkStepKernels.Threads);
            (arguments["Before"], arguments["After"]) = (arguments["After"], arguments["Before"]);
            walks = [.. walks.Select((walk, lane) => Step(matrix, walk, FirstQuery + lane))];
        }

        arguments.Run<WalkArguments>(WalkStepKernels.WriteScores, 1, WalkStepKernels.Threads);
        for (int at = 0; at < scores.Length; at++)
        {
            double walk = walks[at / GalleryCount][QueryCount + (at % GalleryCount)];
            double gain = gains[FirstQuery + (at / GalleryCount)];
            Assert.Equal(addsToCosines == 0 ? walk : gain * Math.Log(1 + (100 * walk)), scores[at], 2e-6);
        }
    }

    private static double[] Step(float[,] matrix, double[] walk, int query) =>
    [
        .. Enumerable.Range(0, Count).Select(row =>
            Enumerable.Range(0, Count).Sum(column => matrix[row, column] * walk[column])
                + (row == query ? Restart : 0)),
    ];
}
