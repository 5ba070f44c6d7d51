namespace GnnReRank.Tests.Formats.Parquet;

/// <summary>Parquet files that other programs wrote.</summary>
public sealed class ParquetFixtureTests
{
    private const int Rows = 40;

    [Theory]
    [InlineData("duckdb_list_float_snappy")]
    [InlineData("duckdb_array_float_zstd")]
    public void ReadsListsWithAllThatIsKnownOfTheRows(string file)
    {
        FeatureMatrix matrix = Read(file);
        FixtureFormula.AssertFeatures(matrix, Rows, 6);
        FixtureFormula.AssertLabels(matrix);
        FixtureFormula.AssertCameras(matrix);
        FixtureFormula.AssertNames(matrix);
    }

    [Theory]
    [InlineData("duckdb_list_double_gzip", 1)]
    [InlineData("duckdb_list_int_brotli", 4)]
    [InlineData("duckdb_list_decimal", 1)]
    [InlineData("rust_byte_stream_split", 1)]
    [InlineData("rust_fixed_float16", 1)]
    public void ReadsEveryElementType(string file, float factor) => FixtureFormula.AssertFeatures(Read(file), Rows, 6, factor);

    [Theory]
    [InlineData("duckdb_list_double_gzip")]
    [InlineData("duckdb_list_decimal")]
    [InlineData("duckdb_columns_double_uncompressed")]
    [InlineData("rust_fixed_float16")]
    public void ReadsLabelsOfEveryType(string file) => FixtureFormula.AssertLabels(Read(file));

    [Fact]
    public void ReadsTwelveColumnsInTheOrderOfTheirNumbers()
    {
        FeatureMatrix matrix = Read("duckdb_columns_double_uncompressed");
        FixtureFormula.AssertFeatures(matrix, Rows, 12);
        Assert.False(matrix.HasCameras || matrix.HasNames);
    }

    [Theory]
    [InlineData("feature_*")]
    [InlineData("*")]
    public void ReadsColumnsByWildcard(string pattern)
    {
        FeatureMatrix matrix = Read("duckdb_columns_lz4_v2", new FeatureReadOptions { FeatureColumns = [pattern] });
        FixtureFormula.AssertFeatures(matrix, Rows, 4);
        FixtureFormula.AssertNames(matrix);
    }

    [Fact]
    public void ReadsNamedColumnsInTheOrderAskedFor()
    {
        FeatureMatrix matrix = Read("duckdb_columns_double_uncompressed", new FeatureReadOptions { FeatureColumns = ["f11", "f2"] });
        Assert.Equal([FixtureFormula.Value(9, 11), FixtureFormula.Value(9, 2)], matrix.GetRow(9));
    }

    [Fact]
    public void ReadsEveryRowGroup()
    {
        FeatureMatrix matrix = Read("duckdb_row_groups");
        FixtureFormula.AssertFeatures(matrix, 5000, 4);
        FixtureFormula.AssertLabels(matrix);
        FixtureFormula.AssertNames(matrix);
    }

    [Fact]
    public void PartsAFileByItsSetColumn()
    {
        FeatureReadOptions options = new() { Sets = [FeatureRole.Gallery, FeatureRole.Query] };
        IReadOnlyList<FeatureMatrix> sets = FeatureFile.Read(PathOf("duckdb_sets"), options).Matrices;
        Assert.Equal([FeatureRole.Gallery, FeatureRole.Query], sets.Select(set => set.Role));
        Assert.Equal([20, 10], sets.Select(set => set.RowCount));
        Assert.Equal(["img_0000.jpg", "img_0004.jpg", "img_0008.jpg"], sets[1].Names!.Take(3));
        Assert.Equal(FixtureFormula.Value(8, 5), sets[1][2, 5]);
        Assert.Equal(["img_0002.jpg", "img_0003.jpg", "img_0006.jpg"], sets[0].Names!.Take(3));
    }

    [Fact]
    public void ReadsTheDigitsSampleWithItsRoles()
    {
        FeatureMatrix query = FeatureFile.Read(Path.Combine(TestPaths.Repository, "examples", "data", "digits-query.parquet")).Matrices[0];
        FeatureMatrix gallery = FeatureFile.Read(Path.Combine(TestPaths.Repository, "examples", "data", "digits-gallery.parquet")).Matrices[0];
        Assert.Equal((300, 64, 10, FeatureRole.Query), (query.RowCount, query.Dimension, query.IdentityCount, query.Role));
        Assert.Equal((1497, 64, 10, FeatureRole.Gallery), (gallery.RowCount, gallery.Dimension, gallery.IdentityCount, gallery.Role));

        // The first line of the source: 0, 0, 5, 13, 9, 1, 0, 0, and the digit 0.
        Assert.Equal([0f, 0f, 5f, 13f, 9f, 1f, 0f, 0f], query.GetRow(0)[..8]);
        Assert.Equal(0, query.Labels![0]);
    }

    private static string PathOf(string file) => TestPaths.Data("parquet", $"{file}.parquet");

    private static FeatureMatrix Read(string file, FeatureReadOptions? options = null) =>
        FeatureFile.Read(PathOf(file), options).Matrices[0];
}
