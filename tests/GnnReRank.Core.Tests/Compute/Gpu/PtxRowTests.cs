using GnnReRank.Compute.Gpu.Kernels.Rows;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The kernels that move rows as CUDA gets them, emulated.</summary>
public sealed class PtxRowTests
{
    private static readonly float[] s_values = [.. Enumerable.Range(1, 60).Select(value => value / 8f)];

    [Fact]
    public void Normalizes()
    {
        float[] rows = new float[5 * 16];
        float[] inverseNorms = [0.5f, 2f, 0.3f];
        new PtxArguments { ["Values"] = s_values, ["InverseNorms"] = inverseNorms, ["Rows"] = rows, ["FirstRow"] = 1, ["Dimension"] = 10, ["Stride"] = 16 }
            .Run<NormalizeArguments>(RowKernels.Normalize, 3, 4);
        for (int at = 0; at < rows.Length; at++)
        {
            (int row, int column) = ((at / 16) - 1, at % 16);
            Assert.Equal(row is >= 0 and < 3 && column < 10 ? s_values[(row * 10) + column] * inverseNorms[row] : 0, rows[at]);
        }
    }

    [Fact]
    public void Gathers()
    {
        float[] target = new float[3 * 12];
        new PtxArguments { ["Rows"] = s_values, ["Vertices"] = (int[])[4, 0, 2], ["Target"] = target, ["Stride"] = 12 }
            .Run<GatherArguments>(RowKernels.Gather, 3, 5);
        Assert.Equal([.. s_values[48..60], .. s_values[0..12], .. s_values[24..36]], target);
    }

    [Fact]
    public void WritesRankedRowsTheirOwnVertexFirst()
    {
        // Row 5 comes second in its ranking; row 1 not at all, behind four that tie with it.
        int[] indices = new int[6 * 4];
        float[] scores = new float[6 * 4];
        PtxArguments arguments = new()
        {
            ["Products"] = s_values, ["RankedIndices"] = (int[])[3, 5, 0, 2, 0, 2, 3, 4], ["RankedScores"] = (float[])[9, 8, 7, 6, 5, 5, 5, 5],
            ["Indices"] = indices, ["Scores"] = scores, ["Vertices"] = (int[])[5, 1], ["SelfScores"] = new float[2], ["RowCount"] = 2,
            ["ProductCount"] = 7, ["NeighborCount"] = 4,
        };
        arguments.Run<RankedArguments>(RowKernels.TakeSelf, 1, 4);
        arguments.Run<RankedArguments>(RowKernels.WriteRanked, 1, 4);
        Assert.Equal([0, 0, 0, 0, 1, 0, 2, 3, .. new int[12], 5, 3, 0, 2], indices);
        Assert.Equal([0, 0, 0, 0, s_values[8], 5, 5, 5, .. new float[12], s_values[5], 9, 7, 6], scores);
    }
}
