using System.Globalization;
using System.Text;

namespace GnnReRank.Tests.Formats.Delimited;

public sealed class DelimitedTests
{
    [Theory]
    [InlineData("numpy_bare.csv")]
    [InlineData("numpy_header.csv")]
    [InlineData("numpy_tabs.tsv")]
    [InlineData("duckdb_named.csv")]
    [InlineData("duckdb_tabs.tsv")]
    public void ReadsWhatOtherProgramsWrote(string file) => FixtureFormula.AssertFeatures(ReadFixture(file), 40, 6);

    [Theory]
    [InlineData("numpy_header.csv")]
    [InlineData("duckdb_named.csv")]
    [InlineData("duckdb_tabs.tsv")]
    public void ReadsLabels(string file) => FixtureFormula.AssertLabels(ReadFixture(file));

    [Fact]
    public void ReadsCamerasAndQuotedNames()
    {
        FeatureMatrix matrix = ReadFixture("duckdb_named.csv");
        FixtureFormula.AssertCameras(matrix);
        Assert.Equal("img, \"0039\".jpg", matrix.Names![39]);
    }

    [Fact]
    public void NamesTheSetsThereAreWhereOneIsMissing()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["sets.csv"], "set,f0,f1\nquery,1,2\nquery,3,4\n");
        FeatureReadOptions options = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureFile.Read(folder["sets.csv"], options));
        Assert.Equal("SetNotFound", error.ErrorId);
        Assert.Contains("'gallery'", error.Message);
        Assert.Contains("'query'", error.Message);
    }

    [Fact]
    public void RefusesToWriteNothing()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("NothingToWrite", Assert.Throws<GnnReRankException>(() => FeatureFile.Write(folder["none.csv"], [])).ErrorId);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("1,2\n3,4\n", 2, 2)]
    [InlineData("1,2\r\n\r\n3,4", 2, 2)]
    [InlineData("\uFEFF1,2\n3,4\n", 2, 2)]
    [InlineData("f0,f1\n1,2\n", 1, 2)]
    [InlineData("\uFEFFf1,f0\n2,1\n", 1, 2)]
    [InlineData("0,1,2\n5,6,7\n", 1, 3)]
    [InlineData("0,1\n5,6\n", 2, 2)]
    [InlineData(",0,1,2\n0,5,6,7\n1,8,9,10\n", 2, 3)]
    [InlineData(",a,b\n0,5,6\n", 1, 2)]
    [InlineData("a,b,comment\n 1 , 2 ,good\n", 1, 2)]
    [InlineData("a,\"b, c\"\n1,2\n", 1, 2)]
    [InlineData("label,area,width\n1,2.5,3\n", 1, 2)]
    [InlineData("#TYPE Selected.System.Object\r\n\"a\",\"b\"\r\n\"1\",\"2\"\r\n", 1, 2)]
    [InlineData("sep=,\r\nf0,f1\n1,2\n", 1, 2)]
    [InlineData("\"sep=,\"\nf0,f1\n1,2\n", 1, 2)]
    [InlineData("sep=,\n1,2\n3,4\n", 2, 2)]
    [InlineData("# f0,f1,f2\n1,2,3\n", 1, 3)]
    public void FindsHeaderAndFeatures(string text, int rows, int dimension)
    {
        FeatureMatrix matrix = Read(text);
        Assert.Equal((rows, dimension), (matrix.RowCount, matrix.Dimension));
    }

    // pandas writes the columns of data frames of other toolboxes under these names.
    [Fact]
    public void FindsLabelsCamerasAndNamesUnderLongerNames()
    {
        FeatureMatrix matrix = Read("person_id,camera_id,img_path,f0,f1\n7,3,a.jpg,1,2\n");
        Assert.Equal([7L], matrix.Labels!);
        Assert.Equal([3], matrix.Cameras!);
        Assert.Equal(["a.jpg"], matrix.Names!);
    }

    [Fact]
    public void OrdersNumberedColumnsByTheirNumbers() => Assert.Equal([1f, 2f, 3f], Read("f10,f9,f8\n3,2,1\n").GetRow(0));

    [Fact]
    public void TakesColumnsOfAFileWithoutHeaderByTheirNumbers()
    {
        FeatureMatrix matrix = Read("7,1,2\n8,3,4\n", new FeatureReadOptions { LabelColumn = "0" });
        Assert.Equal([7L, 8L], matrix.Labels);
        Assert.Equal([3f, 4f], matrix.GetRow(1));
    }

    [Fact]
    public void PartsAFileByItsSetColumn()
    {
        FeatureReadOptions options = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["sets.csv"], "set,f0\nQuery,1\ngallery,2\ngallery,3\ntrain,4\n");
        IReadOnlyList<FeatureMatrix> sets = FeatureFile.Read(folder["sets.csv"], options).Matrices;
        Assert.Equal([1, 2], sets.Select(set => set.RowCount));
        Assert.Equal(3f, sets[1][1, 0]);
    }

    [Theory]
    [InlineData("f0,f1\n1,2\n3,x\n", "BadField", "line 3, column 'f1' is 'x'")]
    [InlineData("f0,f1\n1,2\n3,\n", "BadField", "line 3, column 'f1' is empty")]
    [InlineData("f0,f1\n1,2\n\n\"3\",1.2.3\n", "BadField", "line 4, column 'f1'")]
    [InlineData("name,f0\n\"a\nb\",1\nc,x\n", "BadField", "line 4, column 'f0'")]
    [InlineData("f0,f1\n1,\"2,5\"\n", "BadField", "'2,5'")]
    [InlineData("f0,f1\n1,2\n3\n", "FieldCountMismatch", "line 3 has 1 fields and the first line has 2")]
    [InlineData("f0,f1\n1,2,3\n", "FieldCountMismatch", "line 2 has 3 fields")]
    [InlineData("f0,f1,f0\n1,2,3\n", "DuplicateColumn", "'f0'")]
    [InlineData("f0,f1\n", "EmptyFeatureMatrix", "a header line and no row")]
    [InlineData("\n\n", "EmptyFeatureMatrix", "no line with text")]
    [InlineData("a,b\nx,y\n", "ColumnNotFound", "'a', 'b'")]
    [InlineData("1;2\n3;4\n", "WrongDelimiter", "semicolons")]
    [InlineData("sep=;\n1;2\n", "WrongDelimiter", "semicolons")]
    [InlineData("sep=\t\n1\t2\n", "WrongDelimiter", "-Format Tsv")]
    [InlineData("sep=|\n1|2\n", "WrongDelimiter", "'|'")]
    [InlineData("1,5;0,25;-1,0\n2,5;1;0,5\n", "WrongDelimiter", "semicolons")]
    [InlineData("1;0,25\n2;0,5\n", "WrongDelimiter", "semicolons")]
    [InlineData("#TYPE System.Object\n", "EmptyFeatureMatrix", "no line with text")]
    [InlineData("f0,f1\n1,1e200\n", "NonFiniteFeature", "past float32's range")]
    [InlineData("f0,f1\n1e-200,0\n", "ZeroFeatureRow", "values below 1E-45, the least that float32 holds")]
    [InlineData("1\t2\n3\t4\n", "WrongDelimiter", "-Format Tsv")]
    [InlineData("f0,f1\n1,\"2\n3,4\n", "CorruptFile", "from line 2 on")]
    [InlineData("f0,f1\n1,nan\n", "NonFiniteFeature", "row 0, column 1")]
    [InlineData("f0,f1\n1,-INF\n", "NonFiniteFeature", "row 0, column 1")]
    [InlineData("f0,f1\n1,1e39\n", "NonFiniteFeature", "row 0, column 1")]
    [InlineData("f0,f1\n0,0\n", "ZeroFeatureRow", "row 0")]
    public void SaysWhatIsWrongAndWhere(string text, string errorId, string where)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read(text));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(where, error.Message);
    }

    [Theory]
    [InlineData("label,f0\n1.5,1\n", "line 2, column 'label' is '1.5'")]
    [InlineData("label,f0\n9223372036854775808,1\n", "line 2, column 'label' is '9223372036854775808'")]
    [InlineData("label,f0\nNA,1\n", "line 2, column 'label' is 'NA'")]
    [InlineData("label,f0\nnan,1\n", "line 2, column 'label' is 'nan'")]
    [InlineData("label,f0\n,1\n", "line 2, column 'label' is empty")]
    [InlineData("camera,f0\n3000000000,1\n", "line 2, column 'camera'")]
    [InlineData("camera,f0\nfront,1\n", "line 2, column 'camera' is 'front'")]
    public void SaysWhatIsNoLabelOrCamera(string text, string where)
    {
        bool isLabel = text.StartsWith("label", StringComparison.Ordinal);
        FeatureReadOptions options = new() { LabelColumn = isLabel ? "label" : null, CameraColumn = isLabel ? null : "camera" };
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read(text, options));
        Assert.Equal("BadField", error.ErrorId);
        Assert.Contains(where, error.Message);
    }

    [Theory]
    [InlineData("9007199254740993.0", 9007199254740993)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("1e+05", 100_000)]
    [InlineData(" 7 ", 7)]
    [InlineData("0001", 1)]
    public void ALabelKeepsEveryDigit(string text, long label) =>
        Assert.Equal([label], Read($"label,f0\n{text},1\n", new FeatureReadOptions { LabelColumn = "label" }).Labels);

    [Theory]
    [InlineData("1,2\n3,\0\n", "WrongFormat")]
    [InlineData("PAR1 and more", "WrongFormat")]
    public void RefusesBinaryFiles(string text, string errorId) =>
        Assert.Equal(errorId, Assert.Throws<GnnReRankException>(() => Read(text)).ErrorId);

    [Fact]
    public void RefusesANulFarInTheFile()
    {
        string text = string.Concat(Enumerable.Repeat("name,1,2\n", 1000)) + "na\0me,1,2\n";
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read("name,f0,f1\n" + text));
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains("line 1002", error.Message);
    }

    [Fact]
    public void RefusesTextThatIsNotUtf8()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["latin.csv"], [.. "name,f0\ncaf"u8, 0xE9, .. ",1\n"u8]);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureFile.Read(folder["latin.csv"]));
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains("UTF-8", error.Message);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void ReadsUtf16ThatSaysSo(string encoding)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["unicode.tsv"], "name\tf0\tf1\ncafé\t1\t2\n", Encoding.GetEncoding(encoding));
        FeatureMatrix matrix = FeatureFile.Read(folder["unicode.tsv"]).Matrices[0];
        Assert.Equal([1f, 2f], matrix.GetRow(0));
        Assert.Equal(["café"], matrix.Names);
    }

    [Fact]
    public void ReadsAndWritesNumbersWithoutRegardToTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        german.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = german;
            using TemporaryFolder folder = new();
            FeatureFile.Write(folder["out.csv"], [new FeatureMatrix([-1.5f, 2e-9f], 1, 2, labels: [-7], cameras: [-2])]);
            Assert.Equal("label,camera,f0,f1\n-7,-2,-1.5,2E-09\n", File.ReadAllText(folder["out.csv"]));
            FeatureMatrix back = FeatureFile.Read(folder["out.csv"]).Matrices[0];
            Assert.Equal([-1.5f, 2e-9f], back.GetRow(0));
            Assert.Equal([-7L], back.Labels);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void WritesQuotesAsRfc4180Asks()
    {
        using TemporaryFolder folder = new();
        FeatureMatrix matrix = new([0.1f, 2, 3, -1e-20f], 2, 2, labels: [5, -1], names: ["a \"b\", c", "d"]);
        FeatureFile.Write(folder["out.csv"], [matrix]);
        Assert.Equal("label,name,f0,f1\n5,\"a \"\"b\"\", c\",0.1,2\n-1,d,3,-1E-20\n", File.ReadAllText(folder["out.csv"]));
    }

    private static FeatureMatrix ReadFixture(string file) => FeatureFile.Read(TestPaths.Data("text", file)).Matrices[0];

    private static FeatureMatrix Read(string text, FeatureReadOptions? options = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["text.csv"], text);
        return FeatureFile.Read(folder["text.csv"], options).Matrices[0];
    }
}
