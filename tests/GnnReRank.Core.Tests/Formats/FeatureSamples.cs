namespace GnnReRank.Tests.Formats;

/// <summary>Matrices to write and read back, with values that are hard to print.</summary>
internal static class FeatureSamples
{
    public static string[] AwkwardNames { get; } = ["plain.jpg", "with, comma", "with \"quotes\"", "two\nlines", " blanks ", "Ünïcödé/画像.png", "#1"];

    /// <summary>Seven rows of three, with all that can be known of them.</summary>
    /// <param name="role">Their role.</param>
    /// <param name="largest">The largest value; norms of the usual one are too large for mapped files.</param>
    public static FeatureMatrix Known(FeatureRole role = FeatureRole.None, float largest = float.MaxValue) => new(
        Array.ConvertAll(Values(7, 3), value => Math.Clamp(value, -largest, largest)), 7, 3, [long.MinValue, -1, 0, 1, 1, 2, long.MaxValue], [int.MinValue, -1, 0, 1, 2, 3, int.MaxValue], AwkwardNames, role);

    public static float[] Values(int rows, int dimension)
    {
        float[] hard = [float.Epsilon, float.MaxValue, float.MinValue, 1f / 3, 0.1f, -0f, 16777217f, 1e-20f, MathF.PI];
        return Enumerable.Range(0, rows * dimension).Select(position => hard[position % hard.Length]).ToArray();
    }

    public static void AssertSame(FeatureMatrix expected, FeatureMatrix actual)
    {
        Assert.Equal((expected.RowCount, expected.Dimension), (actual.RowCount, actual.Dimension));
        Assert.Equal(Bits(expected), Bits(actual));
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal(expected.Cameras, actual.Cameras);
        Assert.Equal(expected.Names, actual.Names);
    }

    private static int[] Bits(FeatureMatrix matrix) =>
        matrix.ToArray().Cast<float>().Select(BitConverter.SingleToInt32Bits).ToArray();
}
