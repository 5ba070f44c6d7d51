using GnnReRank.Formats.Columns;

namespace GnnReRank.Tests.Formats.Columns;

/// <summary>Which columns of real people's tables become dimensions: a column beside the features must never do so silently.</summary>
public sealed class FeatureColumnTests
{
    [Theory]
    [InlineData("Unnamed: 0,a,b,pid\n7,1,2,3\n")]
    [InlineData("__index_level_0__,a,b,pid\n7,1,2,3\n")]
    [InlineData("index,a,b,pid\n7,1,2,3\n")]
    [InlineData("Unnamed: 0,Unnamed: 1,a,b,pid\n7,7,1,2,3\n")]
    [InlineData("id,a,b,pid\n7,1,2,3\n")]
    [InlineData(",0,1,pid\n7,1,2,3\n")]
    public void LeavesOutTheIndexOfADataFrame(string text)
    {
        FeatureMatrix matrix = Assert.Single(Read(text).Matrices);
        Assert.Equal([1f, 2f], matrix.GetRow(0));
        Assert.Equal([3L], matrix.Labels);
    }

    [Fact]
    public void TakesTheIndexAsAFeatureWhenItIsAskedFor() => Assert.Equal(
        [7f, 1f], Assert.Single(Read("index,a,pid\n7,1,3\n", new FeatureReadOptions { FeatureColumns = ["index", "a"] }).Matrices).GetRow(0));

    [Fact]
    public void LeavesTheIndexOutOfAWildcard() => Assert.Equal(
        [1f, 2f], Assert.Single(Read("index,a,b,pid\n7,1,2,3\n", new FeatureReadOptions { FeatureColumns = ["*"] }).Matrices).GetRow(0));

    [Theory]
    [InlineData("f0,f1,score,bbox_x,pid\n1,2,9,9,3\n")]
    [InlineData("bbox_0,f0,f1,pid\n9,1,2,3\n")]
    public void TakesNumberedFeaturesWithoutAWarning(string text)
    {
        FeatureReadResult result = Read(text);
        Assert.Equal([1f, 2f], Assert.Single(result.Matrices).GetRow(0));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void SaysWhichColumnsItTakesWhereNoNameIsThatOfAFeature()
    {
        FeatureReadResult result = Read("a,b,score,pid\n1,2,9,3\n");
        Assert.Equal([1f, 2f, 9f], Assert.Single(result.Matrices).GetRow(0));
        Assert.Contains("these 3 are taken as the dimensions: 'a', 'b', 'score'", Assert.Single(result.Warnings));
    }

    [Fact]
    public void SaysWhichColumnsItLeavesOutBesideAnUnusualGroup()
    {
        FeatureReadResult result = Read("pix0,pix1,score,pid\n1,2,9,3\n");
        Assert.Equal([1f, 2f], Assert.Single(result.Matrices).GetRow(0));
        Assert.Contains("Left out: 'score'", Assert.Single(result.Warnings));
    }

    [Fact]
    public void WarnsOnceForAFileWithTwoSets()
    {
        FeatureReadOptions options = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        Assert.Single(Read("set,a,b\nquery,1,2\ngallery,1,2\n", options).Warnings);
    }

    [Theory]
    [InlineData("bbox_0,bbox_1,e0,e1\n1,2,3,4\n", "'bbox_0' to 'bbox_1', 'e0' to 'e1'")]
    [InlineData("x1,x2,dim0,dim1,dim2\n1,2,3,4,5\n", "'x1' to 'x2', 'dim0' to 'dim2'")]
    public void AsksWhereABoundingBoxCouldBeTheFeatures(string text, string groups)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read(text));
        Assert.Equal("AmbiguousFeatures", error.ErrorId);
        Assert.Contains(groups, error.Message);
    }

    // numpy.savetxt of features with labels beside them writes no names. Features of whole numbers, or a dimension that is always 0, are no labels.
    [Theory]
    [InlineData("0.5,1.5,1\n2.5,3.5,2\n", "'2' of them holds", "-LabelColumn 2")]
    [InlineData("1.0,0.5,1.5\n2.0,2.5,3.5\n", "'0' of them holds", "-LabelColumn 0")]
    [InlineData("1,0.5,4e0\n2,2.5,5e0\n", "'0', '2' of them hold", "-LabelColumn 2")]
    [InlineData("0,1,2\n0.5,1.5,1\n2.5,3.5,2\n", "'2' of them holds", "-LabelColumn 2")]
    [InlineData("0.5,1\n2.5,2\n", "'1' of them holds", "-LabelColumn 1")]
    [InlineData("3,1,1\n4,2,2\n", null, null)]
    [InlineData("0.5,1.5,0\n2.5,3.5,0\n", null, null)]
    [InlineData("0.5,1.5,1\n2.5,3.5,2.5\n", null, null)]
    [InlineData("f0,f1,f2\n0.5,1.5,1\n2.5,3.5,2\n", null, null)]
    public void TellsOfLabelsAmongColumnsWithoutNames(string text, string? columns, string? advice)
    {
        string[] warnings = [.. Read(text).Warnings];
        Assert.Equal(columns is null ? 0 : 1, warnings.Length);
        Assert.All(warnings, warning => Assert.Contains(columns!, warning));
        Assert.All(warnings, warning => Assert.Contains(advice!, warning));
        Assert.All(warnings, warning => Assert.Empty(Read(text, new FeatureReadOptions { FeatureColumns = ["*"] }).Warnings));
    }

    // A data frame without names, saved by pandas: columns 0, 1, 2.
    [Theory]
    [InlineData("a.parquet")]
    [InlineData("a.arrow")]
    public void TellsOfLabelsAmongColumnsOfADataFrame(string file)
    {
        using TemporaryFolder folder = new();
        KnownColumns.WriteColumns(folder[file], ("0", [0.5f, 1.5f]), ("1", [2.5f, 3.5f]), ("2", [1f, 2f]));
        Assert.Contains("-LabelColumn 2", Assert.Single(FeatureFile.Read(folder[file]).Warnings));
        FeatureReadResult read = FeatureFile.Read(folder[file], new FeatureReadOptions { LabelColumn = "2" });
        Assert.Empty(read.Warnings);
        Assert.Equal([1L, 2L], read.Matrices[0].Labels);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("embedding.values")]
    [InlineData("Embedding")]
    [InlineData("embedding.values.list.element")]
    public void NamesAListWithinAStructure(string? column)
    {
        FeatureReadOptions options = new() { FeatureColumns = column is null ? null : [column] };
        FeatureMatrix matrix = FeatureFile.Read(TestPaths.Data("parquet", "struct_list.parquet"), options).Matrices[0];
        Assert.Equal((24, 16), (matrix.RowCount, matrix.Dimension));
    }

    // An image may be a query and of the gallery; one for training is neither.
    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.parquet")]
    [InlineData("a.arrow")]
    public void DealsOutRowsByTwoColumnsOfTruthValues(string file)
    {
        using TemporaryFolder folder = new();
        bool?[] queries = [true, true, false, null];
        bool?[] galleries = [false, true, true, null];
        if (file == "a.csv")
        {
            File.WriteAllText(folder[file], "is_query,is_gallery,f0\nTrue,False,1\nTrue,True,2\nFalse,True,3\n,,4\n");
        }
        else
        {
            KnownColumns.WriteTruths(folder[file], ("is_query", queries), ("is_gallery", galleries));
        }

        IReadOnlyList<FeatureMatrix> sets = FeatureFile.Read(folder[file], new FeatureReadOptions { Sets = [FeatureRole.Query, FeatureRole.Gallery] }).Matrices;
        Assert.Equal([1f, 2f], sets[0].ToArray().Cast<float>());
        Assert.Equal([2f, 3f], sets[1].ToArray().Cast<float>());
        FeatureReadOptions second = new() { Sets = [FeatureRole.Gallery], Rows = new RowSelection { Indices = [1] } };
        Assert.Equal([3f], FeatureFile.Read(folder[file], second).Matrices[0].ToArray().Cast<float>());
    }

    [Fact]
    public void SaysWhichColumnsOfSetsAreMissing()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.csv"], "is_query,f0\nTrue,1\n");
        GnnReRankException error = Formulas.Refused(folder["a.csv"], new FeatureReadOptions { Sets = [FeatureRole.Query, FeatureRole.Gallery] });
        Assert.Equal("ColumnNotFound", error.ErrorId);
        Assert.Contains("'is_gallery'", error.Message);
        File.WriteAllText(folder["b.csv"], "is_query,f0\nFalse,1\n");
        Assert.Equal("SetNotFound", Formulas.Refused(folder["b.csv"], new FeatureReadOptions { Sets = [FeatureRole.Query] }).ErrorId);
    }

    [Fact]
    public void PrefersUsualNumberedColumnsToAListOfAnotherName()
    {
        ColumnInfo[] columns = [Numbers("bbox", isList: true), Numbers("f0"), Numbers("f1"), Numbers("Unnamed: 0")];
        Assert.Equal([1, 2], Find(columns).Features);
    }

    [Fact]
    public void DoesNotTakeTheIndexOfADataFrameForTheOnlyNumberedColumn() => Assert.Equal(
        "ColumnNotFound",
        Assert.Throws<GnnReRankException>(() => Find([Numbers("Unnamed: 0"), Numbers("a"), Numbers("b")])).ErrorId);

    [Theory]
    [InlineData("id", "pid")]
    [InlineData("y", "pid")]
    public void TakesThePersonForTheLabelWhereTheImageHasANumberToo(string other, string label)
    {
        ColumnRoles roles = Find([Numbers(other), Numbers(label), Numbers("feature", isList: true)]);
        Assert.Equal(1, roles.Label);
    }

    private static ColumnRoles Find(ColumnInfo[] columns) =>
        ColumnRoleFinder.Find("file.parquet", columns, new FeatureReadOptions(), takeAllNumbers: false);

    private static ColumnInfo Numbers(string name, bool isList = false) => new(name, IsNumber: true, IsText: false, isList);

    private static FeatureReadResult Read(string text, FeatureReadOptions? options = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["text.csv"], text);
        return FeatureFile.Read(folder["text.csv"], options);
    }
}
