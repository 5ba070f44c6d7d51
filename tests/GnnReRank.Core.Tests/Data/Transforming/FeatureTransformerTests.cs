using GnnReRank.Storage;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Data.Transforming;

/// <summary>
/// Cases worked by hand, numpy's own figures, a plain statement in float64, and what components must be.
/// </summary>
public sealed class FeatureTransformerTests
{
    private static readonly FeatureTransformOptions s_center = new() { CenterCamera = true };

    // Camera 1 has (1, 0) and (0, 1), camera 2 has directions (0.6, 0.8) and (0, 1): means (0.5, 0.5) and (0.3, 0.9).
    private static readonly FeatureMatrix s_query = new(
        [2, 0, 3, 4], 2, 2, [7, 8], [1, 2], ["a", "b"], FeatureRole.Query, "q.npz");
    private static readonly FeatureMatrix s_gallery = new(
        [0, 5, 0, 9], 2, 2, [8, 7], [2, 1], ["c", "d"], FeatureRole.Gallery, "g.npz");

    // What numpy.linalg.eigh finds of numpy.cov of these rows, each vector's largest entry made positive.
    private static readonly FeatureMatrix s_six = new(
        [2, 1, 0, -1, 1, 3, 1, 0, 0, 1, 4, 2, -1, 0, 2, 5, 3, 2, 1, 1, 1, 1, -2, 3], 6, 4);
    private static readonly double[] s_variances = [6.877412083057, 3.731742088555, 0.586506872755, 0.537672288967];
    private static readonly double[][] s_components =
    [
        [-0.474455244579, -0.267723553443, 0.373078974418, 0.751018241237],
        [-0.030069901671, 0.150148264181, 0.89834497826, -0.411737294657],
        [0.813462624611, 0.229810970005, 0.213331637372, 0.489852109235],
        [-0.335062054351, 0.923561863527, -0.090983467607, 0.162754147707],
    ];

    [Fact]
    public void ARowLosesTheMeanOfItsCameraInBothMatrices()
    {
        FeatureTransform transform = FeatureTransformer.Learn([s_query, s_gallery], s_center);
        AssertClose([0.70710678, -0.70710678, 0.94868330, -0.31622777], FeatureTransformer.Apply(transform, s_query));
        AssertClose([-0.94868330, 0.31622777, -0.70710678, 0.70710678], FeatureTransformer.Apply(transform, s_gallery));
        Assert.Equal([1, 2], transform.Cameras!);
        Assert.Equal([2, 2], transform.CameraRowCounts!);
        Assert.Equal(0.9, transform.GetCameraMean(2)[1], 1e-15);
        Assert.Equal("transform 2 -> 2: 2 cameras centred, normalised", transform.ToString());
    }

    [Fact]
    public void ValuesAreTakenAsTheyAreWhereThatIsAskedFor()
    {
        // Means (1, 4.5) and (1.5, 4.5).
        FeatureTransform transform = FeatureTransformer.Learn(
            [s_query, s_gallery], s_center with { Normalize = false });
        AssertClose([1, -4.5, 1.5, -0.5], FeatureTransformer.Apply(transform, s_query));
    }

    [Fact]
    public void WhatIsKnownOfTheRowsStays()
    {
        FeatureMatrix result = FeatureTransformer.Apply(
            FeatureTransformer.Learn(
            [s_query], s_center with { Whiten = true, Components = 1, Normalize = false, CenterCamera = false }),
            s_query);
        Assert.Equal([7, 8], result.Labels!);
        Assert.Equal([1, 2], result.Cameras!);
        Assert.Equal(["a", "b"], result.Names!);
        Assert.Equal((FeatureRole.Query, "q.npz", 1), (result.Role, result.Source, result.Dimension));
    }

    [Fact]
    public void ARowThatIsItsCamerasMeanBecomesZerosWithAWarning()
    {
        // The only row of camera 5, and a camera of three equal rows, whose sum rounds; a row of zeros has none to
        // lose.
        FeatureMatrix matrix = new(
            [1, 2, 3, 4, 0.1f, 0.7f, 0.1f, 0.7f, 0.1f, 0.7f, 0, 0], 6, 2, cameras: [1, 5, 2, 2, 2, 1]);
        List<string> warnings = [];
        FeatureMatrix result = FeatureTransformer.Apply(
            FeatureTransformer.Learn([matrix], s_center), matrix, options: new ComputeOptions { Warn = warnings.Add });
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Values(result)[2..]);
        Assert.StartsWith("4 of 6 rows equal the mean of their camera", Assert.Single(warnings));
        Assert.Equal(1, Norm(result, 0), 1e-6);
    }

    [Fact]
    public void ZerosStayZerosUnderComponents()
    {
        FeatureMatrix matrix = new([1, 2, 3, 4, 0, 0, 2, -1], 4, 2);
        FeatureMatrix result = FeatureTransformer.Apply(
            FeatureTransformer.Learn([matrix], new FeatureTransformOptions { Whiten = true }), matrix);
        Assert.Equal([0f, 0f], result.GetRow(2));
        Assert.Equal(1, Norm(result, 1), 1e-6);
    }

    [Fact]
    public void ACameraThatWasNotLearnedIsNamedOrCentredByTheMeanOfAll()
    {
        FeatureTransform transform = FeatureTransformer.Learn([s_query, s_gallery], s_center);
        FeatureMatrix later = new([1, 0], 1, 2, cameras: [9]);
        GnnReRankException refused = Assert.Throws<GnnReRankException>(
            () => FeatureTransformer.Apply(transform, later));
        Assert.Equal("CameraNotLearned", refused.ErrorId);
        Assert.Contains("rows of camera 9, and the transform knows 1, 2 alone", refused.Message);

        // The mean of all is (0.4, 0.7): (0.6, -0.7) / sqrt(0.85).
        AssertClose(
            [0.6 / Math.Sqrt(0.85), -0.7 / Math.Sqrt(0.85)],
            FeatureTransformer.Apply(transform, later, allowUnknownCameras: true));
    }

    [Fact]
    public void ComponentsAreNumpys()
    {
        FeatureTransform transform = FeatureTransformer.Learn(
            [s_six], new FeatureTransformOptions { Components = 4, Normalize = false });
        for (int index = 0; index < 4; index++)
        {
            Assert.Equal(s_variances[index], transform.Variances![index], 1e-11);
            Assert.All(
                s_components[index].Zip(transform.GetComponent(index)), pair =>
                Assert.Equal(pair.First, pair.Second, 1e-11));
        }

        Assert.Equal(1, transform.ExplainedVariance!.Value, 1e-12);
        AssertClose(
            [-2.761008344481, 0.11950181776, -0.782744960722, -0.985943601806],
            FeatureTransformer.Apply(transform, s_six), rows: 1);
    }

    [Theory]
    [InlineData(0, -1.052822591636, 0.061861251387, -1.022077263933, -1.344600430698)]
    [InlineData(0.25, -1.137519222249, 0.063585129941, -0.722656239395, -0.924805972372)]
    public void WhiteningDividesByTheDeviationsThatShrinkageSays(double shrinkage, params double[] first)
    {
        FeatureTransform transform = FeatureTransformer.Learn(
            [s_six], new FeatureTransformOptions { Whiten = true, Shrinkage = shrinkage, Normalize = false });
        AssertClose(first, FeatureTransformer.Apply(transform, s_six), rows: 1);
    }

    [Theory]
    [InlineData(1)] // one panel of columns, and less
    [InlineData(8)]
    [InlineData(37)]
    public void TheWholeIsThatOfThePlainStatement(int dimension)
    {
        FeatureMatrix[] made = [
            WithCameras(MadeFeatures.Clustered(90, dimension, 12, seed: dimension)),
            WithCameras(MadeFeatures.Clustered(411, dimension, 12, seed: 2))];
        double[][] rows = TransformOracle.Centred(
            [.. made.SelectMany(TransformOracle.Rows)], [.. made.SelectMany(matrix => matrix.Cameras!)]);
        int kept = Math.Max(1, dimension / 2);
        FeatureTransform transform = FeatureTransformer.Learn(
            made, new FeatureTransformOptions { CenterCamera = true, Components = kept, Whiten = true,
            Shrinkage = 0.2 });
        (double[] values, double[][] vectors) = TransformOracle.Components(rows);
        double[] mean = TransformOracle.Mean(rows);
        FeatureMatrix result = FeatureTransformer.Apply(transform, made[1]);
        for (int row = 0; row < result.RowCount; row++)
        {
            double[] expected = TransformOracle.Normalised(
            [
                .. Enumerable.Range(0, kept).Select(
                    index =>
                    vectors[index].Select((entry, column) => entry * (rows[90 + row][column] - mean[column])).Sum() /
                    Math.Sqrt((0.8 * values[index]) + (0.2 * values.Average()))),
            ]);

            // Float32 rounds a value of at most 1 by 6e-8; eigenvectors whose eigenvalues are close turn by more.
            Assert.All(expected.Zip(result.GetRow(row)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void WhitenedRowsHaveTheIdentityAsCovariance()
    {
        FeatureMatrix made = MadeFeatures.Clustered(700, 40, 9, seed: 3);
        FeatureTransform transform = FeatureTransformer.Learn(
            [made], new FeatureTransformOptions { Whiten = true, Shrinkage = 0, Normalize = false });
        double[][] rows = TransformOracle.Rows(FeatureTransformer.Apply(transform, made));
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(1, transform.GetComponent(i).Sum(value => value * value), 1e-12);
            for (int j = 0; j <= i; j++)
            {
                // Each value is rounded to float32.
                Assert.Equal(i == j ? 1 : 0, rows.Sum(row => row[i] * row[j]) / 699, 1e-5);
            }
        }

        Assert.Equal(transform.Variances!.OrderDescending(), transform.Variances!);
    }

    [Fact]
    public void AllComponentsOnlyTurnTheRows()
    {
        FeatureMatrix made = MadeFeatures.Clustered(200, 19, 9, seed: 4);
        FeatureTransform transform = FeatureTransformer.Learn(
            [made], new FeatureTransformOptions { Components = 19, Normalize = false });
        double[][] before = TransformOracle.Rows(made);
        double[] mean = TransformOracle.Mean(before);
        double[][] after = TransformOracle.Rows(FeatureTransformer.Apply(transform, made));
        for (int row = 0; row < 200; row++)
        {
            for (int column = 0; column < 19; column++)
            {
                double back = mean[column] + Enumerable.Range(0, 19).Sum(
                    index => after[row][index] * transform.GetComponent(index)[column]);
                Assert.Equal(before[row][column], back, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void TheBitsAreTheSameAtAnyNumberOfThreads(int threads)
    {
        FeatureMatrix made = WithCameras(MadeFeatures.Clustered(900, 70, 40, seed: 5));
        FeatureTransformOptions steps = new() { CenterCamera = true, Components = 50, Whiten = true };
        ComputeOptions options = new() { ThrottleLimit = threads };
        float[] expected = Values(FeatureTransformer.Apply(FeatureTransformer.Learn([made], steps), made));
        Assert.Equal(
            expected,
            Values(FeatureTransformer.Apply(FeatureTransformer.Learn([made], steps, options), made, options: options)));
    }

    [Fact]
    public void ValuesMayBeFloat16OrLieInAFile()
    {
        FeatureMatrix made = WithCameras(MadeFeatures.Clustered(60, 9, 5, seed: 6));
        FeatureStorage halves = made.Storage.As(FeatureElementType.Float16);
        FeatureMatrix half = FeatureMatrix.Adopt(
            halves, null, made.CameraArray, null, FeatureRole.None, null, inverseNorms: null);
        FeatureMatrix single = FeatureMatrix.Adopt(
            halves.As(FeatureElementType.Float32), null, made.CameraArray, null, FeatureRole.None, null,
            inverseNorms: null);
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["half.npz"], [half]);
        FeatureMatrix mapped = FeatureFile.Read(
            folder["half.npz"], new FeatureReadOptions { MemoryMapped = true }).Matrices[0];
        Assert.Equal((FeatureElementType.Float16, true), (half.ElementType, mapped.IsMemoryMapped));
        FeatureTransformOptions steps = new() { CenterCamera = true, Whiten = true };
        float[] expected = Values(FeatureTransformer.Apply(FeatureTransformer.Learn([single], steps), single));
        foreach (FeatureMatrix matrix in (FeatureMatrix[])[half, mapped])
        {
            FeatureMatrix result = FeatureTransformer.Apply(FeatureTransformer.Learn([matrix], steps), matrix);
            Assert.Equal(expected, Values(result));
            Assert.Equal((FeatureElementType.Float32, false), (result.ElementType, result.IsMemoryMapped));
        }
    }

    [Fact]
    public void WhatCannotBeLearnedIsRefused()
    {
        FeatureMatrix blind = new([1, 0, 0, 1], 2, 2, role: FeatureRole.Query);
        FeatureMatrix flat = new([1, 0, 0, 2, 0, 0, 5, 0, 0], 3, 3);
        Assert.Contains("Matrix 1, the query, has no cameras", Refused("CamerasMissing", [blind, s_gallery], s_center));
        Assert.Contains("-CameraColumn", Refused("CamerasMissing", [s_gallery, blind], s_center));
        Assert.Contains(
            "columns", Refused("MatricesDoNotFit", [blind, flat], new FeatureTransformOptions { Components = 1 }));
        Assert.Contains(
            "vary in 1 directions of 3, and 2",
            Refused("TooManyComponents", [flat], new FeatureTransformOptions { Components = 2, Normalize = false }));
        Assert.Contains(
            "vary in 0 directions",
            Refused("TooManyComponents", [flat], new FeatureTransformOptions { Whiten = true }));
        Assert.Contains(
            "3 columns, and 4", Refused("TooManyComponents", [flat], new FeatureTransformOptions { Components = 4 }));
        Assert.Contains(
            "at least 1", Refused("InvalidComponents", [flat], new FeatureTransformOptions { Components = 0 }));
        Assert.Contains(
            "between 0 and 1",
            Refused("InvalidShrinkage", [flat], new FeatureTransformOptions { Whiten = true, Shrinkage = double.NaN }));
        Assert.Contains(
            "two rows",
            Refused("TooFewRows", [new FeatureMatrix([1, 2], 1, 2)], new FeatureTransformOptions { Whiten = true }));
        Assert.Contains("0 matrices", Refused("TooFewMatrices", [], s_center));
    }

    [Fact]
    public void AMatrixThatDoesNotFitIsRefused()
    {
        FeatureTransform transform = FeatureTransformer.Learn([s_query], s_center);
        Assert.Equal(
            "TransformDimensionMismatch",
            Assert.Throws<GnnReRankException>(() => FeatureTransformer.Apply(transform, s_six)).ErrorId);
        Assert.Equal(
            "CamerasMissing",
            Assert.Throws<GnnReRankException>(
            () => FeatureTransformer.Apply(transform, new FeatureMatrix([1, 0], 1, 2))).ErrorId);
    }

    [Fact]
    public void ACallIsCancelled()
    {
        ComputeOptions cancelled = new() { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureTransformer.Learn([s_query], s_center, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(
            () => FeatureTransformer.Learn([s_six], new FeatureTransformOptions { Whiten = true }, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(
            () => FeatureTransformer.Apply(FeatureTransformer.Learn([s_query], s_center), s_query, options: cancelled));
    }

    private static string Refused(string errorId, FeatureMatrix[] matrices, FeatureTransformOptions steps)
    {
        GnnReRankException refused = Assert.Throws<GnnReRankException>(() => FeatureTransformer.Learn(matrices, steps));
        Assert.Equal(errorId, refused.ErrorId);
        return refused.Message;
    }

    private static FeatureMatrix WithCameras(FeatureMatrix made) => FeatureMatrix.Adopt(
        made.Storage, made.LabelArray, [.. Enumerable.Range(0, made.RowCount).Select(row => row * row % 7 % 3)], null,
            made.Role, null, inverseNorms: null);

    private static float[] Values(FeatureMatrix matrix) => [.. matrix.ToArray().Cast<float>()];

    private static double Norm(FeatureMatrix matrix, int row) =>
        Math.Sqrt(matrix.GetRow(row).Sum(value => (double)value * value));

    private static void AssertClose(double[] expected, FeatureMatrix matrix, int? rows = null)
    {
        float[] values = Values(matrix)[..((rows ?? matrix.RowCount) * matrix.Dimension)];
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 5e-7));
    }
}
