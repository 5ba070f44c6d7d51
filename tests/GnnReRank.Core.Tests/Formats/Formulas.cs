namespace GnnReRank.Tests.Formats;

/// <summary>The contents of the fixtures in tests/data/numpy, as make_numpy_fixtures.py describes them.</summary>
internal static class Formulas
{
    public static float Feature(int row, int column) => (((row * 17) + (column * 3)) % 23 / 8f) - 1f;

    public static float Integer(int row, int column) => ((row * 17) + (column * 3)) % 23;

    public static float Truth(int row, int column) => Integer(row, column) % 2;

    public static long[] Labels(int rows) => Enumerable.Range(0, rows).Select(row => 9007199254740993 + (2L * row)).ToArray();

    public static int[] Cameras(int rows) => Enumerable.Range(0, rows).Select(row => (row % 3) + 1).ToArray();

    public static string[] Names(int rows) => Enumerable.Range(0, rows)
        .Select(row => $"img_{row}_\u00e9{new string('x', row)}.jpg{(row == rows - 1 ? "\U0001F600" : string.Empty)}").ToArray();

    public static void AssertFeatures(FeatureMatrix actual, int rows, int columns, Func<int, int, float> expected)
    {
        Assert.Equal((rows, columns), (actual.RowCount, actual.Dimension));
        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(Enumerable.Range(0, columns).Select(column => expected(row, column)), actual.GetRow(row));
        }
    }

    public static FeatureMatrix Read(string fixture, FeatureReadOptions? options = null) =>
        Assert.Single(FeatureFile.Read(TestPaths.Data("numpy", fixture), options).Matrices);

    public static GnnReRankException Refused(string path, FeatureReadOptions? options = null) =>
        Assert.Throws<GnnReRankException>(() => FeatureFile.Read(path, options));

    public static GnnReRankException RefusedFixture(string fixture, FeatureReadOptions? options = null) =>
        Refused(TestPaths.Data("numpy", fixture), options);
}
