using System.Globalization;

namespace GnnReRank.Tests.Formats.Columns;

/// <summary>Vectors that are kept as text in one column, as pandas and JSON write them and as numpy prints them.</summary>
public sealed class VectorTextTests : IDisposable
{
    private static readonly string[] s_texts =
    [
        "[0.5, -1.25e-1, 3]", "[ 0.5  -0.125\n 3.   ]", "[[0.5,-0.125,3.0]]", "array([0.5, -0.125, 3.], dtype=float32)", "(0.5, -0.125, 3.0,)", "tensor([0.5, -0.125, 3.])",
        " [0.5 , -0.125, 3 ] ", "[np.float32(0.5), np.float32(-0.125), np.float32(3.0)]",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files => ["a.csv", "a.tsv", "a.parquet", "a.arrow"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void IsReadInEveryTable(string file)
    {
        Write(file, "embedding", s_texts);
        foreach (FeatureReadOptions options in new FeatureReadOptions[] { new(), new() { FeatureColumns = ["embedding"] } })
        {
            FeatureReadResult read = FeatureFile.Read(_folder[file], options);
            FeatureMatrix matrix = Assert.Single(read.Matrices);
            Assert.Equal((s_texts.Length, 3), (matrix.RowCount, matrix.Dimension));
            Assert.All(Enumerable.Range(0, matrix.RowCount), row => Assert.Equal([0.5f, -0.125f, 3f], matrix.GetRow(row)));
            Assert.Equal(Enumerable.Range(0, matrix.RowCount).Select(row => (long)row), matrix.Labels!);
            Assert.Empty(read.Warnings);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void RowsAndColumnsAreTakenOfIt(string file)
    {
        Write(file, "embedding", [.. Enumerable.Range(1, 3000).Select(row => $"[{row}, 0.5, 1]")]);
        FeatureReadOptions options = new() { Columns = [0, 2], Rows = new RowSelection { Indices = [5, 2999] } };
        Assert.Equal([6f, 1f, 3000f, 1f], Assert.Single(FeatureFile.Read(_folder[file], options).Matrices).ToArray().Cast<float>());
        FeatureMatrix drawn = FeatureFile.Read(_folder[file], new FeatureReadOptions { Rows = new RowSelection { Random = 7, Seed = 3 } }).Matrices[0];
        Assert.Equal(7, drawn.RowCount);
        Assert.All(Enumerable.Range(0, 7), row => Assert.Equal(drawn.Labels![row] + 1, drawn[row, 0]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void MissingOnesAreDropped(string file)
    {
        Write(file, "embedding", ["[]", "[1, 2]", "[3, null]", "[5, NaN]", "[7, 8]"]);
        Assert.NotEmpty(Formulas.Refused(_folder[file]).Message);
        FeatureReadResult read = FeatureFile.Read(_folder[file], new FeatureReadOptions { SkipInvalid = true });
        Assert.Equal([1f, 2f, 7f, 8f], Assert.Single(read.Matrices).ToArray().Cast<float>());
        Assert.EndsWith("0, 2, 3.", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2, 3]", "RaggedFeatures", "3 values")]
    [InlineData("[1, x]", "NotAVector", "'[1, x]'")]
    [InlineData("[1,, 2]", "NotAVector", "'[1,, 2]'")]
    [InlineData("[1, 2", "NotAVector", "'[1, 2'")]
    [InlineData("1, 2", "NotAVector", "'1, 2'")]
    [InlineData("[1.0 2.0 ... 3.0 4.0]", "NotAVector", "json.dumps(x.tolist())")]
    [InlineData("[[1, 2], [3, 4]]", "NotAVector", "'[[1, 2], [3, 4]]'")]
    [InlineData("", "NotAVector", "is empty")]
    public void SaysWhatIsWrongAndWhere(string text, string errorId, string what)
    {
        foreach (string file in Files.Select(row => row.Data))
        {
            Write(file, "embedding", ["[1, 2]", text, "[3, 4]"]);
            GnnReRankException error = Formulas.Refused(_folder[file]);
            Assert.Equal(errorId, error.ErrorId);
            Assert.Contains(what, error.Message);
            Assert.Contains(file is "a.csv" or "a.tsv" ? "line 3, column 'embedding'" : "row 1 (0-based) of the column 'embedding'", error.Message);
        }
    }

    [Fact]
    public void ATextOfAnUnusualNameIsTakenWhereNothingElseIsThere()
    {
        Write("a.csv", "repr", ["[1, 2]", "[3, 4]"]);
        FeatureReadResult read = FeatureFile.Read(_folder["a.csv"]);
        Assert.Equal([1f, 2f, 3f, 4f], read.Matrices[0].ToArray().Cast<float>());
        Assert.Contains("'repr'", Assert.Single(read.Warnings));
    }

    [Fact]
    public void NumberedColumnsGoBeforeATextOfAUsualName()
    {
        File.WriteAllText(_folder["a.csv"], "data,f0,f1\n\"[1, 2]\",3,4\n");
        Assert.Equal([3f, 4f], FeatureFile.Read(_folder["a.csv"]).Matrices[0].GetRow(0));
    }

    private void Write(string file, string name, string[] texts)
    {
        File.Delete(_folder[file]);
        if (Path.GetExtension(file) is ".parquet" or ".arrow")
        {
            KnownColumns.WriteTexts(_folder[file], ("label", [.. Enumerable.Range(0, texts.Length).Select(row => row.ToString(CultureInfo.InvariantCulture))]), (name, texts));
            return;
        }

        char delimiter = Path.GetExtension(file) == ".tsv" ? '\t' : ',';
        File.WriteAllLines(_folder[file], [$"label{delimiter}{name}", .. texts.Select((text, row) => $"{row}{delimiter}\"{text}\"")]);
    }
}
