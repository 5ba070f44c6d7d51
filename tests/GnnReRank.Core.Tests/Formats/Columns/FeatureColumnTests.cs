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
