using ParquetSharp;

namespace GnnReRank.Tests.Formats.Parquet;

public sealed class ParquetErrorTests
{
    [Theory]
    [InlineData("duckdb_ragged", "RaggedFeatures", "row 7")]
    [InlineData("duckdb_null_list", "MissingValue", "row 7")]
    [InlineData("duckdb_null_element", "MissingValue", "row 7")]
    [InlineData("duckdb_null_label", "MissingValue", "row 7")]
    public void NamesTheRowAtFault(string file, string errorId, string where)
    {
        GnnReRankException error = ErrorOf(TestPaths.Data("parquet", $"{file}.parquet"), new FeatureReadOptions { LabelColumn = file.Contains("label") ? "label" : null });
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(where, error.Message);
    }

    // Byte 53 is among the levels of the lists: with it a null list has elements behind it.
    [Fact]
    public void AListThatIsNullAndGoesOnIsDamage()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(TestPaths.Data("parquet", "duckdb_null_element.parquet"));
        bytes[53] = 0x2E;
        File.WriteAllBytes(folder["levels.parquet"], bytes);
        GnnReRankException error = ErrorOf(folder["levels.parquet"], new FeatureReadOptions { SkipInvalid = true });
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains("goes on", error.Message);
    }

    [Fact]
    public void NamesTheColumnsThatAreThere()
    {
        GnnReRankException error = ErrorOf(Sample, new FeatureReadOptions { LabelColumn = "species" });
        Assert.Equal("ColumnNotFound", error.ErrorId);
        Assert.Contains("species", error.Message);
        Assert.Contains("'feature', 'label', 'camera', 'name'", error.Message);
    }

    [Theory]
    [InlineData("name", "NotAVector")]
    [InlineData("nothing*", "ColumnNotFound")]
    public void RefusesFeatureColumnsThatCannotServe(string column, string errorId) =>
        Assert.Equal(errorId, ErrorOf(Sample, new FeatureReadOptions { FeatureColumns = [column] }).ErrorId);

    [Fact]
    public void RefusesAListAsLabel() =>
        Assert.Equal("UnsupportedContent", ErrorOf(Sample, new FeatureReadOptions { LabelColumn = "feature" }).ErrorId);

    [Fact]
    public void SaysThatASetColumnIsMissing()
    {
        GnnReRankException error = ErrorOf(Sample, new FeatureReadOptions { Sets = [FeatureRole.Query] });
        Assert.Equal("ColumnNotFound", error.ErrorId);
        Assert.Contains("'set' or 'split'", error.Message);
    }

    [Fact]
    public void RefusesTwoColumnsOfOneName()
    {
        using TemporaryFolder folder = new();
        string path = folder["twice.parquet"];
        WriteFloats(path, ["f0", "f1", "f0"], [1, 2]);
        GnnReRankException error = ErrorOf(path);
        Assert.Equal("DuplicateColumn", error.ErrorId);
        Assert.Contains("'f0'", error.Message);
    }

    [Fact]
    public void AsksWhichColumnsWhereSeveralGroupsCouldBeTheFeatures()
    {
        using TemporaryFolder folder = new();
        string path = folder["groups.parquet"];
        WriteFloats(path, ["left0", "left1", "right0", "right1"], [1, 2]);
        GnnReRankException error = ErrorOf(path);
        Assert.Equal("AmbiguousFeatures", error.ErrorId);
        Assert.Contains("'left0' to 'left1', 'right0' to 'right1'", error.Message);
        FeatureReadOptions options = new() { FeatureColumns = ["right*"] };
        Assert.Equal(2, FeatureFile.Read(path, options).Matrices[0].Dimension);
    }

    [Fact]
    public void RefusesAFileWithoutRows()
    {
        using TemporaryFolder folder = new();
        string path = folder["empty.parquet"];
        WriteFloats(path, ["f0", "f1"], []);
        Assert.Equal("EmptyFeatureMatrix", ErrorOf(path).ErrorId);
    }

    [Fact]
    public void NamesRowAndColumnOfANaN()
    {
        using TemporaryFolder folder = new();
        string path = folder["nan.parquet"];
        WriteFloats(path, ["f0", "f1"], [1, float.NaN, 3]);
        Assert.Equal("NonFiniteFeature", ErrorOf(path).ErrorId);
        FeatureReadResult kept = FeatureFile.Read(path, new FeatureReadOptions { SkipInvalid = true });
        Assert.Equal(2, kept.Matrices[0].RowCount);
        Assert.Single(kept.Warnings);
    }

    [Fact]
    public void StopsWhenCancelled()
    {
        FeatureReadOptions options = new() { Compute = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) } };
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureFile.Read(Sample, options));
    }

    private static string Sample => TestPaths.Data("parquet", "duckdb_list_float_snappy.parquet");

    private static GnnReRankException ErrorOf(string path, FeatureReadOptions? options = null) =>
        Assert.Throws<GnnReRankException>(() => FeatureFile.Read(path, options));

    private static void WriteFloats(string path, string[] names, float[] values)
    {
        Column[] columns = names.Select(name => (Column)new Column<float>(name)).ToArray();
        using ParquetFileWriter file = new(path, columns);
        using RowGroupWriter group = file.AppendRowGroup();
        foreach (string _ in names)
        {
            using LogicalColumnWriter<float> column = group.NextColumn().LogicalWriter<float>();
            column.WriteBatch(values);
        }

        file.Close();
    }
}
