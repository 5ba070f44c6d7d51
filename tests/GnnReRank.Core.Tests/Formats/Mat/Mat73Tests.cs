namespace GnnReRank.Tests.Formats.Mat;

/// <summary>A MATLAB 7.3 file as h5py imitates it.</summary>
public sealed class Mat73Tests
{
    private static readonly string s_path = TestPaths.Data("hdf5", "matlab73.mat");

    [Fact]
    public void ReadsMatlabsRowsNotTheFiles()
    {
        FeatureMatrix matrix = Assert.Single(FeatureFile.Read(s_path).Matrices);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6), matrix.Labels!);
        Assert.Equal(Formulas.Cameras(6), matrix.Cameras!);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
    }

    [Fact]
    public void ReadsOtherClasses()
    {
        Formulas.AssertFeatures(Read(new() { FeatureColumns = ["single"] }), 6, 5, Formulas.Feature);
        Formulas.AssertFeatures(Read(new() { FeatureColumns = ["logical"] }), 6, 5, Formulas.Truth);
        Formulas.AssertFeatures(Read(new() { FeatureColumns = ["settings/inner"] }), 6, 2, Formulas.Feature);
        Formulas.AssertFeatures(Read(new() { Format = FeatureFormat.Hdf5, FeatureColumns = ["single"] }), 6, 5, Formulas.Feature);
    }

    [Fact]
    public void ReadsCharacterMatricesAndEmptyCells()
    {
        Assert.Equal(Formulas.Names(6), Read(new() { NameColumn = "letters" }).Names!);
        Assert.Equal(["", "", "", .. Formulas.Names(6)[3..]], Read(new() { NameColumn = "some" }).Names!);
    }

    [Theory]
    [InlineData("sparse", null, "UnsupportedContent", "full(x)")]
    [InlineData("nothing", null, "WrongArrayShape", "(0)")]
    [InlineData("letters", null, "UnsupportedContent", "class char")]
    [InlineData(null, "single", "UnsupportedContent", "cellstr")]
    [InlineData(null, "mixed", "CorruptFile", "no single row of text")]
    public void SaysWhatCannotBeUsed(string? features, string? names, string errorId, string what)
    {
        GnnReRankException error = Formulas.Refused(s_path, new() { FeatureColumns = features is null ? null : [features], NameColumn = names });
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(what, error.Message);
    }

    private static FeatureMatrix Read(FeatureReadOptions options) => Assert.Single(FeatureFile.Read(s_path, options).Matrices);
}
