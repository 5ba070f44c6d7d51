using GnnReRank.Compute.Gpu.Rows;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class SplitCheckTests
{
    [Fact]
    public void TellsRightCosinesFromWrongOnes()
    {
        const int queries = SplitCheck.Queries;
        const int gallery = SplitCheck.Gallery;
        (FeatureMatrix query, FeatureMatrix others) = SplitCheck.MadeRows();
        int stride = DeviceFeatures.StrideOf(query.Dimension);
        float[] rows = new float[(queries + gallery + 128) * stride];
        for (int row = 0; row < queries + gallery; row++)
        {
            (FeatureMatrix matrix, int at) = row < queries ? (query, row) : (others, row - queries);
            double norm = Math.Sqrt(Enumerable.Range(0, matrix.Dimension).Sum(k => Math.Pow(matrix[at, k], 2)));
            for (int k = 0; k < matrix.Dimension; k++)
            {
                rows[(row * stride) + k] = (float)(matrix[at, k] / norm);
            }
        }

        float[] cosines =
            TensorProductRun.Multiply(rows, stride, (0, queries), (queries, gallery), gallery)[..(queries * gallery)];
        Assert.True(SplitCheck.AreRight(rows, stride, cosines));

        // The last bit of one of the equal rows' cosines; a value of another row; what no kernel wrote.
        Assert.False(SplitCheck.AreRight(rows, stride, Changed(77, MathF.BitIncrement(cosines[77]))));
        Assert.False(SplitCheck.AreRight(rows, stride, Changed((9 * gallery) + 8, cosines[(9 * gallery) + 8] + 1e-5f)));
        Assert.False(SplitCheck.AreRight(rows, stride, Changed(cosines.Length - 1, float.NaN)));

        float[] Changed(int at, float value)
        {
            float[] changed = [.. cosines];
            changed[at] = value;
            return changed;
        }
    }

    [Fact]
    public void DevicesWithoutTensorCoresAreNotAsked()
    {
        List<string> lines = [];
        Assert.False(SplitCheck.Passes(GpuTestDevices.Emulated, new ComputeOptions { Log = lines.Add }));
        Assert.Empty(lines);
    }
}
