using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Tests.Compute.Cpu;

public sealed class ExactDotsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(2_050)]
    public void GivesTheBitsOfAChainOfMultiplyAddsFromTheFirstColumnToTheLast(int dimension)
    {
        FeatureMatrix query = MadeFeatures.Random(3, dimension, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Random(37, dimension, seed: 2);
        using VertexRows rows = new(query, gallery);
        using ExactDots dots = new(rows, rows);
        foreach (int count in (int[])[1, 2, 15, 16, 17, 33])
        {
            int[] others = [.. Enumerable.Range(0, count).Select(position => (position * 7) % rows.Count)];
            float[] cosines = new float[count];
            foreach (int left in (int[])[0, 2, 3, 39])
            {
                dots.Multiply(left, others, cosines);
                Assert.Equal(others.Select(other => Chain(rows, left, other)), cosines);
            }
        }
    }

    private static unsafe float Chain(VertexRows rows, int left, int right)
    {
        float sum = 0;
        float[] scratch = new float[rows.Dimension];
        fixed (float* room = scratch)
        {
            for (int column = 0; column < rows.Dimension; column++)
            {
                float x = rows.Row(left, room)[column] * rows.InverseNorm(left);
                float y = rows.Row(right, room)[column] * rows.InverseNorm(right);
                sum = float.MultiplyAddEstimate(x, y, sum);
            }
        }

        return sum;
    }
}
