#nullable enable
namespace GnnReRank.Tests;

/// <summary>Made features: rows in clusters, one cluster a label, so that neighbours mean something.</summary>
public sealed record LabelledRows(float[,] Values, long[] Labels, int[]? Cameras)
{
    /// <summary>Rows of labels 0, 1, ..., labelCount - 1, 0, 1, ... around a centre for each label; cameras in turn.</summary>
    public static LabelledRows Made(int rowCount, int dimension, int labelCount, int seed, int cameraCount = 0)
    {
        Random centres = new(1);
        float[,] centre = new float[labelCount, dimension];
        Fill(centre, centres, 1);
        Random noise = new(seed);
        float[,] values = new float[rowCount, dimension];
        Fill(values, noise, 0.5f);
        for (int row = 0; row < rowCount; row++)
        {
            for (int column = 0; column < dimension; column++)
            {
                values[row, column] += centre[row % labelCount, column];
            }
        }

        long[] labels = [.. Enumerable.Range(0, rowCount).Select(row => (long)(row % labelCount))];
        int[]? cameras = cameraCount == 0 ? null : [.. Enumerable.Range(0, rowCount).Select(row => (row + seed) / labelCount % cameraCount)];
        return new LabelledRows(values, labels, cameras);
    }

    private static void Fill(float[,] values, Random random, float scale)
    {
        for (int row = 0; row < values.GetLength(0); row++)
        {
            for (int column = 0; column < values.GetLength(1); column++)
            {
                values[row, column] = scale * ((2 * random.NextSingle()) - 1);
            }
        }
    }
}
