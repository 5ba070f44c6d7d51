namespace GnnReRank.Tests.Compute;

/// <summary>Feature matrices made from a fixed seed.</summary>
internal static class MadeFeatures
{
    /// <summary>Independent values between -1 and 1.</summary>
    public static FeatureMatrix Random(int rows, int dimension, int seed)
    {
        Random random = new(seed);
        return FromRows(rows, dimension, (_, _) => (float)((random.NextDouble() * 2) - 1));
    }

    /// <summary>Rows around so many centres, row i around centre i modulo that number.</summary>
    public static FeatureMatrix Clustered(int rows, int dimension, int clusters, int seed)
    {
        Random centres = new(clusters);
        float[] values = new float[clusters * dimension];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((centres.NextDouble() * 2) - 1);
        }

        Random noise = new(seed);
        return FromRows(
            rows, dimension,
            (row, column) => values[(row % clusters * dimension) + column] + (float)((noise.NextDouble() - 0.5) * 0.8));
    }

    /// <summary>
    /// Rows of four ones among zeros: their norm is 2, so every cosine is a multiple of 1/4 without rounding, and ties abound.
    /// </summary>
    public static FeatureMatrix ExactlyTied(int rows, int dimension, int seed)
    {
        Random random = new(seed);
        float[] values = new float[rows * dimension];
        for (int row = 0; row < rows; row++)
        {
            int[] columns = [.. Enumerable.Range(0, dimension)];
            random.Shuffle(columns);
            foreach (int column in columns.Take(4))
            {
                values[(row * dimension) + column] = 1;
            }
        }

        return new FeatureMatrix(values, rows, dimension);
    }

    /// <summary>Random rows of which every third is the same, and every seventh is zero.</summary>
    public static FeatureMatrix WithDuplicatesAndZeros(int rows, int dimension, int seed)
    {
        Random random = new(seed);
        float[] repeated = [.. Enumerable.Range(0, dimension).Select(_ => (float)random.NextDouble())];
        return FromRows(rows, dimension, (row, column) =>
        {
            float value = (float)((random.NextDouble() * 2) - 1);
            return row % 7 == 6 ? 0 : row % 3 == 0 ? repeated[column] : value;
        });
    }

    /// <summary>The same rows with cameras.</summary>
    public static FeatureMatrix WithCameras(FeatureMatrix matrix, Func<int, int> camera) => new(
        [.. Enumerable.Range(0, matrix.RowCount).SelectMany(matrix.GetRow)], matrix.RowCount, matrix.Dimension,
        cameras: Enumerable.Range(0, matrix.RowCount).Select(camera));

    private static FeatureMatrix FromRows(int rows, int dimension, Func<int, int, float> value)
    {
        float[] values = new float[rows * dimension];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < dimension; column++)
            {
                values[(row * dimension) + column] = value(row, column);
            }
        }

        return new FeatureMatrix(values, rows, dimension);
    }
}
