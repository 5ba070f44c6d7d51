namespace GnnReRank.Tests.Formats.Npy;

public sealed class NpyReaderTests
{
    [Theory]
    [InlineData("f2.npy")]
    [InlineData("f4.npy")]
    [InlineData("f8.npy")]
    [InlineData("f2_big.npy")]
    [InlineData("f4_big.npy")]
    [InlineData("f8_big.npy")]
    [InlineData("f4_fortran.npy")]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    public void ReadsFloatingPointFeatures(string fixture) =>
        Formulas.AssertFeatures(Formulas.Read(fixture), 6, 5, Formulas.Feature);

    [Theory]
    [InlineData("i1.npy")]
    [InlineData("i2.npy")]
    [InlineData("i4.npy")]
    [InlineData("i8.npy")]
    [InlineData("u1.npy")]
    [InlineData("u2.npy")]
    [InlineData("u4.npy")]
    [InlineData("u8.npy")]
    [InlineData("i2_big.npy")]
    [InlineData("i4_big.npy")]
    [InlineData("i8_big.npy")]
    [InlineData("u2_big.npy")]
    [InlineData("u4_big.npy")]
    [InlineData("u8_big.npy")]
    public void ReadsIntegerFeatures(string fixture) =>
        Formulas.AssertFeatures(Formulas.Read(fixture), 6, 5, Formulas.Integer);

    [Fact]
    public void ReadsTruthValues() => Formulas.AssertFeatures(Formulas.Read("bool.npy"), 6, 5, Formulas.Truth);

    [Fact]
    public void ReadsMoreFortranColumnsThanOneTile() =>
        Formulas.AssertFeatures(Formulas.Read("f8_fortran_big.npy"), 40, 37, Formulas.Feature);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsArraysOfManyBlocks(bool fortran)
    {
        const int rows = 300;
        const int columns = 131;
        double[] values = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                values[fortran ? (column * rows) + row : (row * columns) + column] = Formulas.Feature(row, column);
            }
        }

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["big.npy"], NpyBytes.Make("<f8", $"({rows}, {columns})", NpyBytes.Doubles(values), fortran));
        Formulas.AssertFeatures(FeatureFile.Read(folder["big.npy"]).Matrices[0], rows, columns, Formulas.Feature);
    }

    [Fact]
    public void KeepsTheRoleAndThePath()
    {
        FeatureMatrix matrix = Formulas.Read("f4.npy", new FeatureReadOptions { Role = FeatureRole.Gallery });
        Assert.Equal(FeatureRole.Gallery, matrix.Role);
        Assert.EndsWith("f4.npy", matrix.Source);
    }

    [Fact]
    public void NamesTheValueThatDoesNotFitFloat32()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["huge.npy"], NpyBytes.Make("<f8", "(2, 2)", NpyBytes.Doubles(1, 2, 3, 1e300)));
        GnnReRankException error = Formulas.Refused(folder["huge.npy"]);
        Assert.Equal("NonFiniteFeature", error.ErrorId);
        Assert.Contains("row 1, column 1", error.Message);
    }

    [Theory]
    [InlineData("{'shape': (2, 1), 'fortran_order': False, 'descr': '<f4'}")]
    [InlineData("{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(2,1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 1L), }   ")]
    public void ReadsHeadersThatOtherProgramsWrite(string header)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npy"], NpyBytes.Make(header, NpyBytes.Singles(3, 4)));
        Assert.Equal([4f], FeatureFile.Read(folder["a.npy"]).Matrices[0].GetRow(1));
    }

    [Fact]
    public void StopsWhenCancelled() => Assert.ThrowsAny<OperationCanceledException>(() => Formulas.Read(
        "f4.npy", new FeatureReadOptions { Compute = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) } }));

    [Fact]
    public void ReportsProgressUpToTheEnd()
    {
        ProgressLog progress = new();
        _ = Formulas.Read("f4.npy", new FeatureReadOptions { Compute = new ComputeOptions { Progress = progress } });
        Assert.Equal(new StageProgress("Reading", 30 * sizeof(float), 30 * sizeof(float), "bytes"), progress.Reports[^1]);
    }

    private sealed class ProgressLog : IProgress<StageProgress>
    {
        public List<StageProgress> Reports { get; } = [];

        public void Report(StageProgress value) => Reports.Add(value);
    }
}
