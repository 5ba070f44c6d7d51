using GnnReRank.Compute.Gpu.Kernels.Messages;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The kernels that make matrices of the graph, and transpose them, as CUDA gets them, emulated.</summary>
public sealed class PtxMatrixTests
{
    [Theory]
    [InlineData(11, 0.5)]
    [InlineData(300, 0.02)]
    public void Transposes(int count, double share)
    {
        float[,] matrix = PtxSparse.Made(count, 4, share);
        float[,] transposed = PtxSparse.Transposed(matrix);
        int[] lengths = [.. Enumerable.Range(0, count).Select(row => PtxSparse.Row(transposed, row).Length)];
        int units = lengths.Sum(SparseView.UnitsOf);
        PtxArguments mirror = PtxSparse.Empty(count, units);
        int[] filled = new int[count];
        int[] total = [0];
        PtxArguments arguments = new()
        {
            ["Rows"] = PtxSparse.Of(matrix), ["Mirror"] = mirror, ["Filled"] = filled, ["Total"] = total, ["Count"] = count,
        };
        int groups = (count / TransposeKernels.Rows) + 1;
        arguments.Run<TransposeArguments>(TransposeKernels.CountEntries, groups, TransposeKernels.Threads);
        arguments.Run<TransposeArguments>(TransposeKernels.WriteOffsets, (count / TransposeKernels.Threads) + 1, TransposeKernels.Threads);
        arguments.Run<TransposeArguments>(TransposeKernels.WriteEntries, groups, TransposeKernels.Threads);
        Assert.Equal(lengths, filled);
        Assert.Equal(units, total[0]);

        // Each row has a place of its own, whatever their order.
        int[] offsets = (int[])mirror["Offsets"];
        int[] order = [.. Enumerable.Range(0, count).OrderBy(row => offsets[row]).ThenBy(row => lengths[row])];
        Assert.Equal(0, offsets[order[0]]);
        Assert.All(order.Zip(order.Skip(1)), pair =>
            Assert.Equal(offsets[pair.First] + SparseView.UnitsOf(lengths[pair.First]), offsets[pair.Second]));
        for (int row = 0; row < count; row++)
        {
            Assert.Equal(PtxSparse.Row(transposed, row), PtxSparse.Row(mirror, row).OrderBy(entry => entry.Column));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public void WritesAdjacencyAndWeights(int exponent, int isMean)
    {
        const int count = 3;
        const int k1 = 9;
        const int k2 = 4;
        int[][] neighbors = [[2, 0, 1, 5, 8, 3, 4, 6, 7, 9], [1, 0, 3, -1, -1, -1, -1, -1, -1, -1], [0, 7, -1, -1, -1, -1, -1, -1, -1, -1]];
        float[][] scores = [[1.0000001f, 0.5f, -0.25f, 0.75f, 0, 0, 0, 0, 0, 0], [1, 0.25f, 0, 9, 0, 0, 0, 0, 0, 0], [-1, 2, 9, 9, 0, 0, 0, 0, 0, 0]];
        PtxArguments rows = PtxSparse.Empty(count, count * 2);
        float[] weights = new float[count * k2];
        PtxArguments arguments = new()
        {
            ["Neighbors"] = neighbors.SelectMany(list => list).ToArray(), ["Scores"] = scores.SelectMany(list => list).ToArray(),
            ["Rows"] = rows, ["Weights"] = weights, ["Count"] = count, ["NeighborCount"] = k1 + 1, ["K1"] = k1, ["K2"] = k2,
            ["Exponent"] = exponent, ["IsMean"] = isMean,
        };
        arguments.Run<AdjacencyArguments>(AdjacencyKernels.WriteAdjacency, 2, 2);
        arguments.Run<AdjacencyArguments>(AdjacencyKernels.WriteWeights, 2, 2);
        for (int row = 0; row < count; row++)
        {
            Assert.Equal(neighbors[row].Take(k1).Where(vertex => vertex >= 0).Select(vertex => (vertex, 1f)), PtxSparse.Row(rows, row));
            float share = isMean == 0 ? 1 : 1f / neighbors[row].Take(k2).Count(vertex => vertex >= 0);
            Assert.Equal(
                Enumerable.Range(0, k2).Select(place => neighbors[row][place] < 0
                    ? 0f
                    : MathF.Pow(Math.Clamp(scores[row][place], 0f, 1f), exponent) * share),
                weights.Skip(row * k2).Take(k2));
        }
    }
}
