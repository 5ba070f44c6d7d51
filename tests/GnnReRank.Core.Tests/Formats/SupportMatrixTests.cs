namespace GnnReRank.Tests.Formats;

/// <summary>
/// The table of formats in docs/formats.md is the truth: each of its "read" cells has files that another program wrote (tests/data/matrix), which
/// are read as that program meant them, and each "write" cell is written and read back in the same precision.
/// </summary>
public sealed class SupportMatrixTests
{
    private const int Rows = 5;
    private const int Columns = 4;

    private static readonly Dictionary<string, string[]> s_typesOfColumn = new()
    {
        ["float64"] = ["float64"],
        ["float32"] = ["float32"],
        ["float16"] = ["float16"],
        ["bfloat16"] = ["bfloat16"],
        ["integers"] = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"],
        ["truth values"] = ["bool"],
        ["text"] = ["text"],
    };

    public static TheoryData<string, string> Cells(string direction)
    {
        TheoryData<string, string> cells = [];
        foreach ((string format, string column, string cell) in Table())
        {
            if (cell.Contains(direction, StringComparison.Ordinal))
            {
                cells.Add(format, column);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells), "read")]
    public void ReadsWhatAnotherProgramWrote(string format, string column)
    {
        string[] files = FilesOf(format).Where(file => s_typesOfColumn[column].Contains(TypeOf(file))).ToArray();
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            FeatureMatrix matrix = Assert.Single(FeatureFile.Read(file).Matrices);
            Assert.Equal((Rows, Columns), (matrix.RowCount, matrix.Dimension));
            Assert.Equal(column == "float16" ? FeatureElementType.Float16 : FeatureElementType.Float32, matrix.ElementType);
            foreach ((int row, int place) in Places())
            {
                int value = ((7 * row) + (3 * place)) % 11;
                Assert.Equal(column == "truth values" ? value % 2 : value, matrix[row, place]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells), "write")]
    public void WritesInThePrecisionItSays(string format, string column)
    {
        FeatureElementType type = column == "float16" ? FeatureElementType.Float16 : FeatureElementType.Float32;
        using TemporaryFolder folder = new();
        string values = folder["values.npy"];
        FeatureFile.Write(values, [new FeatureMatrix([.. Places().Select(place => (float)((place.Row * 2) - place.Place) / 8)], Rows, Columns)]);
        FeatureMatrix matrix = Assert.Single(FeatureFile.Read(values, new FeatureReadOptions { ElementType = type }).Matrices);
        string written = folder["written" + EndingOf(FilesOf(format)[0])];
        FeatureFile.Write(written, [matrix]);
        FeatureMatrix back = Assert.Single(FeatureFile.Read(written).Matrices);
        FeatureSamples.AssertSame(matrix, back);
        Assert.Equal(type, back.ElementType);
    }

    [Fact]
    public void EveryFileHasACellThatSaysSo()
    {
        HashSet<(string, string)> said =
        [
            .. from cell in Table()
               where cell.Cell.Contains("read", StringComparison.Ordinal)
               from type in s_typesOfColumn[cell.Column]
               select (cell.Format, type),
        ];
        IEnumerable<string> unsaid = Files().Where(file => !said.Contains((FormatOf(file), TypeOf(file))));
        Assert.Empty(unsaid);
    }

    [Fact]
    public void EveryFormatHasARow() => Assert.Equal(
        Enum.GetNames<FeatureFormat>().Order(), Table().Select(cell => cell.Format).Distinct().Order(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The cells of the table in docs/formats.md whose first column names a format in `code`.</summary>
    private static IEnumerable<(string Format, string Column, string Cell)> Table()
    {
        string[] lines = File.ReadAllLines(Path.Combine(TestPaths.Repository, "docs", "formats.md"));
        int head = Array.FindIndex(lines, line => line.StartsWith("| `-Format` |", StringComparison.Ordinal));
        Assert.True(head >= 0, "docs/formats.md has no table that starts with | `-Format` |.");
        string[] columns = Fields(lines[head]);
        return from line in lines.Skip(head + 2).TakeWhile(line => line.StartsWith('|'))
               let fields = Fields(line)
               from place in Enumerable.Range(0, columns.Length)
               where s_typesOfColumn.ContainsKey(columns[place])
               select (fields[0].Trim('`').ToLowerInvariant(), columns[place], fields[place]);
    }

    private static string[] Fields(string line) => line.Trim('|').Split('|').Select(field => field.Trim()).ToArray();

    private static IEnumerable<(int Row, int Place)> Places() =>
        from row in Enumerable.Range(0, Rows) from place in Enumerable.Range(0, Columns) select (row, place);

    private static IEnumerable<string> Files() => Directory.GetFileSystemEntries(TestPaths.Data("matrix"));

    private static string[] FilesOf(string format) => Files().Where(file => FormatOf(file) == format).Order(StringComparer.Ordinal).ToArray();

    // Named FORMAT_TYPE.ENDING.
    private static string FormatOf(string file) => Path.GetFileName(file).Split('_')[0];

    private static string TypeOf(string file) => Path.GetFileName(file).Split('_')[1].Split('.')[0];

    private static string EndingOf(string file) => Path.GetFileName(file)[Path.GetFileName(file).IndexOf('.', StringComparison.Ordinal)..];
}
