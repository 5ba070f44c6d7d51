using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using GnnReRank.Tests.Datasets.Landmarks;
using ParquetSharp;
using Column = ParquetSharp.Column;

namespace GnnReRank.Tests.Formats;

/// <summary>Features that are missing: rows without them are dropped where that is asked for, and else named.</summary>
public sealed class MissingValueTests : IDisposable
{
    // Two rows of three values; null stands for a value, or for all values of a row, that is not there.
    private static readonly float?[]?[] s_rows = [null, [1, 2, 3], [4, null, 6], [], [7, 8, 9]];
    private static readonly FeatureReadOptions s_skip = new() { SkipInvalid = true };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Written by DuckDB and by Apache Arrow for JavaScript: row 7 is null, or has a null in its list.
    [Theory]
    [InlineData("parquet", "duckdb_null_list.parquet")]
    [InlineData("parquet", "duckdb_null_element.parquet")]
    [InlineData("arrow", "js_null_list.arrow")]
    [InlineData("arrow", "js_null_element.arrow")]
    public void ARowOfAnotherProgramIsDropped(string folder, string file)
    {
        string path = TestPaths.Data(folder, file);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureFile.Read(path));
        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Contains("-SkipInvalid", error.Message);
        FeatureReadResult read = FeatureFile.Read(path, s_skip);
        FeatureMatrix matrix = Assert.Single(read.Matrices);
        int[] kept = [.. Enumerable.Range(0, matrix.RowCount + 1).Where(row => row != 7)];
        for (int place = 0; place < kept.Length; place++)
        {
            Assert.Equal(FixtureFormula.Value(kept[place], 0), matrix[place, 0]);
        }

        Assert.Contains("1 of", Assert.Single(read.Warnings));
        Assert.EndsWith(": 7.", read.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list.parquet")]
    [InlineData("columns.parquet")]
    [InlineData("list.arrow")]
    [InlineData("columns.arrow")]
    [InlineData("header.csv")]
    [InlineData("bare.csv")]
    [InlineData("words.tsv")]
    [InlineData("list.pkl")]
    [InlineData("table.pkl")]
    public void WhatIsMissingBeforeTheFirstWholeRowIsDroppedToo(string file)
    {
        Write(file);
        Assert.NotEmpty(Formulas.Refused(_folder[file]).Message);
        FeatureReadResult read = FeatureFile.Read(_folder[file], s_skip);
        Assert.Equal([1f, 2f, 3f, 7f, 8f, 9f], Assert.Single(read.Matrices).ToArray().Cast<float>());
        Assert.EndsWith("3 of 5 rows dropped (missing, NaN, infinite or all zeros): 0, 2, 3.", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    // What row 2 misses lies in the column that is left out.
    [Theory]
    [InlineData("list.parquet")]
    [InlineData("list.arrow")]
    [InlineData("header.csv")]
    public void ColumnsAndRowsAreTakenOfWhatIsThere(string file)
    {
        Write(file);
        FeatureReadOptions options = s_skip with { Columns = [0, 2], Rows = new RowSelection { Indices = [0, 2, 4] } };
        Assert.Equal([4f, 6f, 7f, 9f], Assert.Single(FeatureFile.Read(_folder[file], options).Matrices).ToArray().Cast<float>());
    }

    [Theory]
    [InlineData("none.parquet")]
    [InlineData("none.arrow")]
    [InlineData("none.csv")]
    public void NothingIsLeftOfRowsThatAreAllMissing(string file)
    {
        Write(file, [null, null]);
        Assert.Equal("EmptyFeatureMatrix", Formulas.Refused(_folder[file], s_skip).ErrorId);
    }

    // pandas writes a missing label as an empty field too: a row cannot be without one.
    [Fact]
    public void ALabelMayNotBeMissing()
    {
        File.WriteAllText(_folder["a.csv"], "label,f0\n1,2\n,3\n");
        FeatureReadOptions options = s_skip with { LabelColumn = "label" };
        Assert.Equal("BadField", Formulas.Refused(_folder["a.csv"], options).ErrorId);
        Assert.Equal("MissingValue", Formulas.Refused(TestPaths.Data("parquet", "duckdb_null_label.parquet"), options).ErrorId);
        Assert.Equal("MissingValue", Formulas.Refused(TestPaths.Data("arrow", "js_null_label.arrow"), options).ErrorId);
    }

    // More rows than a batch of values, each batch with its own nulls.
    [Fact]
    public void NullsAreFoundAcrossBatches()
    {
        float?[]?[] rows = [.. Enumerable.Range(0, 9000).Select(row => row % 7 == 0 ? null : new float?[] { row, row % 5 == 0 ? null : 1 })];
        Write("list.parquet", rows);
        Write("columns.parquet", rows);
        float[] kept = [.. Enumerable.Range(0, 9000).Where(row => row % 7 != 0 && row % 5 != 0).Select(row => (float)row)];
        foreach (string file in new[] { "list.parquet", "columns.parquet" })
        {
            FeatureMatrix matrix = FeatureFile.Read(_folder[file], s_skip).Matrices[0];
            Assert.Equal(kept, Enumerable.Range(0, matrix.RowCount).Select(row => matrix[row, 0]));
        }
    }

    private void Write(string file, float?[]?[]? given = null)
    {
        float?[]?[] rows = given ?? s_rows;
        int width = rows.Max(row => row?.Length ?? 0);
        float?[][] columns = [.. Enumerable.Range(0, width).Select(column => rows.Select(row => row is { Length: > 0 } ? row[column] : null).ToArray())];
        switch (Path.GetExtension(file))
        {
            case ".parquet":
                WriteParquet(_folder[file], rows, file.StartsWith("columns", StringComparison.Ordinal) ? columns : null);
                break;
            case ".arrow":
                WriteArrow(_folder[file], rows, file.StartsWith("columns", StringComparison.Ordinal) ? columns : null);
                break;
            case ".pkl":
                object list = rows.Select(row => row is { Length: > 0 } ? row.Select(value => value is float number ? (object)(double)number : new HandPickle.Raw("N")).ToArray() : (object)new HandPickle.Raw("N")).ToArray();
                File.WriteAllBytes(_folder[file], HandPickle.Of(file.StartsWith("table", StringComparison.Ordinal) ? new Dictionary<string, object> { ["features"] = list } : list));
                break;
            default:
                WriteText(_folder[file], rows, Math.Max(width, 3));
                break;
        }
    }

    private static void WriteText(string path, float?[]?[] rows, int width)
    {
        (char delimiter, string missing) = Path.GetExtension(path) == ".tsv" ? ('\t', "NA") : (',', string.Empty);
        IEnumerable<string> lines = rows.Select(row => string.Join(
            delimiter, Enumerable.Range(0, width).Select(column => row is { Length: > 0 } && row[column] is float value ? value.ToString("F1", CultureInfo.InvariantCulture) : missing)));
        bool isBare = Path.GetFileName(path) == "bare.csv";
        File.WriteAllLines(path, isBare ? lines : lines.Prepend(string.Join(delimiter, Enumerable.Range(0, width).Select(column => $"f{column}"))));
    }

    private static void WriteParquet(string path, float?[]?[] rows, float?[][]? columns)
    {
        Column[] schema = columns is null ? [new ParquetSharp.Column<float?[]>("features")] : [.. columns.Select((_, column) => new ParquetSharp.Column<float?>($"f{column}"))];
        using ParquetFileWriter file = new(path, schema);
        using RowGroupWriter group = file.AppendRowGroup();
        if (columns is null)
        {
            using LogicalColumnWriter<float?[]> column = group.NextColumn().LogicalWriter<float?[]>();
            column.WriteBatch(rows!);
        }

        foreach (float?[] values in columns ?? [])
        {
            using LogicalColumnWriter<float?> column = group.NextColumn().LogicalWriter<float?>();
            column.WriteBatch(values);
        }

        file.Close();
    }

    private static void WriteArrow(string path, float?[]?[] rows, float?[][]? columns)
    {
        RecordBatch.Builder batch = new();
        if (columns is null)
        {
            ListArray.Builder list = new(Apache.Arrow.Types.FloatType.Default);
            foreach (float?[]? row in rows)
            {
                _ = row is null ? list.AppendNull() : list.Append();
                Fill((FloatArray.Builder)list.ValueBuilder, row ?? []);
            }

            batch.Append("features", nullable: true, list.Build());
        }

        foreach ((float?[] values, int column) in (columns ?? []).Select((values, column) => (values, column)))
        {
            batch.Append($"f{column}", nullable: true, Fill(new FloatArray.Builder(), values).Build());
        }

        using RecordBatch built = batch.Build();
        using ArrowFileWriter file = new(File.Create(path), built.Schema);
        file.WriteRecordBatch(built);
        file.WriteEnd();
    }

    private static FloatArray.Builder Fill(FloatArray.Builder target, IEnumerable<float?> values)
    {
        foreach (float? value in values)
        {
            _ = value is float number ? target.Append(number) : target.AppendNull();
        }

        return target;
    }
}
