namespace GnnReRank.Tests.Formats.Pickle;

public sealed class PickleReaderTests
{
    private static readonly FeatureReadOptions s_sets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };

    public static TheoryData<int> Protocols => [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void ReadsADictionaryOfArraysAndLists(int protocol)
    {
        FeatureMatrix matrix = Read($"table_p{protocol}.pkl");
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6), matrix.Labels!);
        Assert.Equal(Formulas.Cameras(6), matrix.Cameras!);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
    }

    [Theory]
    [InlineData("plain.pkl")]
    [InlineData("fortran_big.pkl")]
    [InlineData("list_of_lists.pkl")]
    [InlineData("list_of_arrays.pkl")]
    public void ReadsFeaturesAlone(string file)
    {
        FeatureMatrix matrix = Read(file);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.False(matrix.HasLabels || matrix.HasCameras || matrix.HasNames);
    }

    [Theory]
    [InlineData("by_name.pkl")]
    [InlineData("by_name_rows.pkl")]
    public void ReadsVectorsByName(string file)
    {
        FeatureMatrix matrix = Read(file);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
    }

    [Fact]
    public void ReadsVectorsByNumber()
    {
        FeatureMatrix matrix = Read("by_number.pkl");
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(["0", "7", "14", "21", "28", "35"], matrix.Names!);
    }

    [Fact]
    public void ReadsATupleOfFeaturesLabelsAndCameras()
    {
        FeatureMatrix matrix = Read("tuple.pkl");
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6), matrix.Labels!);
        Assert.Equal(Formulas.Cameras(6), matrix.Cameras!);
    }

    [Fact]
    public void ReadsATupleWithNames()
    {
        FeatureMatrix matrix = Read("tuple_lists.pkl");
        Assert.Equal([0L, 1L, 2L, 3L, 4L, 5L], matrix.Labels!);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
        Assert.False(matrix.HasCameras);
    }

    [Fact]
    public void ReadsSetsOfADictionaryInADictionary()
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("pickle", "nested.pkl"), s_sets).Matrices;
        Formulas.AssertFeatures(matrices[0], 4, 5, Formulas.Feature);
        Formulas.AssertFeatures(matrices[1], 6, 5, Formulas.Feature);
        Assert.Equal([FeatureRole.Query, FeatureRole.Gallery], matrices.Select(matrix => matrix.Role));
        Assert.Equal(Formulas.Names(4), matrices[0].Names!);
        Assert.Equal(Formulas.Names(6), matrices[1].Names!);
        Assert.Equal(Formulas.Labels(6), matrices[1].Labels!);
    }

    [Fact]
    public void ReadsSetsUnderTheirUsualNames()
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("pickle", "sets.pkl"), s_sets).Matrices;
        Formulas.AssertFeatures(matrices[0], 4, 5, Formulas.Feature);
        Assert.Equal([1L, 2L, 3L, 4L], matrices[0].Labels!);
        Assert.Equal([0L, 1L, 2L, 3L, 4L, 5L], matrices[1].Labels!);
    }

    [Fact]
    public void ReadsWhatPython2Wrote()
    {
        FeatureMatrix matrix = Read("python2_table.pkl");
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal("img_5.jpg", matrix.Names![5]);
    }

    [Theory]
    [InlineData("ragged.pkl", "RaggedFeatures", "row 1 (0-based) has 1 values")]
    [InlineData("no_features.pkl", "ColumnNotFound", "'epoch', 'note'")]
    [InlineData("values_p4.pkl", "ColumnNotFound", "feature array")]
    public void SaysWhatIsMissing(string file, string errorId, string what)
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("pickle", file));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(what, error.Message);
    }

    [Fact]
    public void SaysWhatAnArrayOfTheWrongKindIs()
    {
        GnnReRankException error = Formulas.Refused(
            TestPaths.Data("pickle", "table_p4.pkl"), new FeatureReadOptions { FeatureColumns = ["names"] });
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains("'names' is a list of 6 items (a string, a string, a string, a string, a string, a string), and real numbers are needed", error.Message);
        error = Formulas.Refused(TestPaths.Data("pickle", "table_p4.pkl"), new FeatureReadOptions { NameColumn = "labels" });
        Assert.Equal("UnsupportedContent", error.ErrorId);
    }

    /// <summary>A list of 2,000 times the same list of 2,000 numbers: 4 million values of a file of 8 KB.</summary>
    [Fact]
    public void TheSameVectorOverAndOverIsRefused()
    {
        using TemporaryFolder folder = new();
        string vector = $"({string.Concat(Enumerable.Repeat("K\u0001", 2_000))}lq\u0000";
        string pickle = $"({vector}{string.Concat(Enumerable.Repeat("h\u0000", 2_000))}l.";
        File.WriteAllBytes(folder["same.pkl"], System.Text.Encoding.Latin1.GetBytes(pickle));
        Allocation.AssertBelow(1 << 22, () => Assert.Equal("CorruptFile", Formulas.Refused(folder["same.pkl"]).ErrorId));
    }

    private static FeatureMatrix Read(string file) => Assert.Single(FeatureFile.Read(TestPaths.Data("pickle", file)).Matrices);
}
