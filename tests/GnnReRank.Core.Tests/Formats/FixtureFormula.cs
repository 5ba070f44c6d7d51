namespace GnnReRank.Tests.Formats;

/// <summary>What the fixtures of DuckDB, the Rust parquet crate and NumPy's text hold; the scripts in tests/data compute it on their own.</summary>
internal static class FixtureFormula
{
    public static float Value(int row, int dimension) => ((((7 * row) + (3 * dimension)) % 11) - 5) / 4f;

    public static void AssertFeatures(FeatureMatrix matrix, int rows, int dimension, float factor = 1)
    {
        Assert.Equal((rows, dimension), (matrix.RowCount, matrix.Dimension));
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < dimension; column++)
            {
                Assert.Equal(factor * Value(row, column), matrix[row, column]);
            }
        }
    }

    public static void AssertLabels(FeatureMatrix matrix) =>
        Assert.Equal(Enumerable.Range(0, matrix.RowCount).Select(row => (long)(row % 5)), matrix.Labels);

    public static void AssertCameras(FeatureMatrix matrix) =>
        Assert.Equal(Enumerable.Range(0, matrix.RowCount).Select(row => (row % 3) + 1), matrix.Cameras);

    public static void AssertNames(FeatureMatrix matrix) =>
        Assert.Equal(Enumerable.Range(0, matrix.RowCount).Select(row => $"img_{row:0000}.jpg"), matrix.Names);
}
