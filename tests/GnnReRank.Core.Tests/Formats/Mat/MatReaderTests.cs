namespace GnnReRank.Tests.Formats.Mat;

public sealed class MatReaderTests
{
    private static readonly FeatureReadOptions s_bothSets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };

    [Theory]
    [InlineData("f4.mat")]
    [InlineData("f8.mat")]
    public void ReadsFloatingPointFeatures(string fixture) =>
        Formulas.AssertFeatures(Formulas.Read(fixture), 6, 5, Formulas.Feature);

    [Theory]
    [InlineData("i1.mat")]
    [InlineData("i2.mat")]
    [InlineData("i4.mat")]
    [InlineData("i8.mat")]
    [InlineData("u1.mat")]
    [InlineData("u2.mat")]
    [InlineData("u4.mat")]
    [InlineData("u8.mat")]
    public void ReadsIntegerFeatures(string fixture) =>
        Formulas.AssertFeatures(Formulas.Read(fixture), 6, 5, Formulas.Integer);

    [Fact]
    public void ReadsLogicalFeatures() => Formulas.AssertFeatures(Formulas.Read("logical.mat"), 6, 5, Formulas.Truth);

    [Fact]
    public void ReadsMoreColumnsThanOneTile() => Formulas.AssertFeatures(Formulas.Read("wide.mat"), 40, 37, Formulas.Feature);

    [Theory]
    [InlineData("sets.mat")]
    [InlineData("sets_compressed.mat")]
    public void ReadsBothSets(string fixture)
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("numpy", fixture), s_bothSets).Matrices;
        Assert.Equal([FeatureRole.Query, FeatureRole.Gallery], matrices.Select(matrix => matrix.Role));
        Formulas.AssertFeatures(matrices[0], 4, 5, Formulas.Feature);
        Formulas.AssertFeatures(matrices[1], 6, 5, (row, column) => Formulas.Feature(5 - row, column));
        Assert.Equal(Formulas.Labels(4), matrices[0].Labels!);
        Assert.Equal(Formulas.Labels(6).Reverse(), matrices[1].Labels!);
        Assert.Equal(Formulas.Cameras(6), matrices[1].Cameras!);
    }

    [Theory]
    [InlineData("cell_names.mat")]
    [InlineData("char_names.mat")]
    public void ReadsNames(string fixture)
    {
        FeatureMatrix matrix = Formulas.Read(fixture);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
    }

    [Theory]
    [InlineData("matlab_big.mat")]
    [InlineData("matlab_little.mat")]
    public void ReadsWhatMatlabWritesInEitherByteOrder(string fixture)
    {
        FeatureMatrix matrix = Formulas.Read(fixture);
        Formulas.AssertFeatures(matrix, 5, 4, Formulas.Integer);
        Assert.Equal([-1L, 299L, 599L, 899L, 1199L], matrix.Labels!);
        Assert.Equal(Formulas.Names(6)[..5], matrix.Names!);
        FeatureReadOptions embedding = new() { FeatureColumns = ["embedding"] };
        Formulas.AssertFeatures(Formulas.Read(fixture, embedding), 5, 4, Formulas.Feature);
    }

    [Fact]
    public void ReadsDataWithinATag()
    {
        FeatureMatrix matrix = Formulas.Read("small_elements.mat");
        Assert.Equal([1f, 2f], matrix.GetRow(0));
        Assert.Equal([7L], matrix.Labels!);
    }

    [Fact]
    public void AsksWhichSetIsMeant() => Assert.Equal("AmbiguousContent", Formulas.RefusedFixture("sets.mat").ErrorId);

    [Theory]
    [InlineData("transposed.mat", "TransposedFeatures")]
    [InlineData("complex.mat", "UnsupportedContent")]
    [InlineData("three_dimensions.mat", "WrongArrayShape")]
    [InlineData("sparse.mat", "UnsupportedContent")]
    [InlineData("level4.mat", "UnsupportedContent")]
    public void RefusesContentThatIsNoFeatures(string fixture, string errorId) =>
        Assert.Equal(errorId, Formulas.RefusedFixture(fixture).ErrorId);

    [Theory]
    [InlineData("pku_sketch", 50, 100, 512, 50)]
    [InlineData("cuhk03p1", 1486, 5753, 256, 743)]
    public void ReadsFilesOfPublishedProjects(string folder, int queries, int gallery, int dimension, int identities)
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.SharedOrSkip(folder, "pytorch_result.mat"), s_bothSets).Matrices;
        Assert.Equal([(queries, dimension), (gallery, dimension)], matrices.Select(matrix => (matrix.RowCount, matrix.Dimension)));
        Assert.All(matrices, matrix => Assert.Equal(identities, matrix.IdentityCount));
        Assert.All(matrices, matrix => Assert.True(matrix.HasCameras));
    }

    [Fact]
    public void ReadsTheFirstValuesThatScipyReads()
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.SharedOrSkip("cuhk03p1", "pytorch_result.mat"), s_bothSets).Matrices;
        Assert.Equal([0.11053467f, 0.024917603f, 0.035064697f], matrices[0].GetRow(0)[..3]);
        Assert.Equal(0.086364746f, matrices[0][1485, 255]);
        Assert.Equal([0L, 0L, 1L], matrices[0].Labels!.Take(3));
        Assert.Equal([1, 2, 1], matrices[0].Cameras!.Take(3));
        Assert.True(matrices[0].IsNormalized && matrices[1].IsNormalized);
    }
}
