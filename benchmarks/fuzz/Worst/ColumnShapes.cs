using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ParquetSharp;
using Column = ParquetSharp.Column;

namespace GnnReRank.Fuzz.Worst;

/// <summary>Parquet and Arrow, by their own libraries.</summary>
internal static class ColumnShapes
{
    public static IEnumerable<WorstCase> All()
    {
        yield return Parquet("columns", 2_000, (path, n) => WriteParquet(path, [.. Enumerable.Range(0, n).Select(at => new Column<float>($"f{at}"))], 1, (group, at) => Put(group, [1f + at])));
        yield return Parquet("columns that are not taken", 2_000, (path, n) => WriteParquet(path, [.. Enumerable.Range(0, n).Select(at => (Column)(at == 0 ? new Column<float[]>("features") : new Column<float>($"other {at}")))], 1, (group, at) =>
        {
            if (at == 0)
            {
                Put(group, [new[] { 1f, 2f }]);
                return;
            }

            Put(group, [1f]);
        }));
        yield return Parquet("row groups", 2_000, (path, n) => WriteParquet(path, [new Column<float>("f0"), new Column<float>("f1")], n, (group, at) => Put(group, [1f + at])));
        yield return Parquet("text labels, one a row", 50_000, (path, n) => WriteParquet(path, [new Column<float>("f0"), new Column<float>("f1"), new Column<string>("label")], 1, (group, at) =>
        {
            if (at == 2)
            {
                Put(group, [.. Enumerable.Range(0, n).Select(row => $"person {row}")]);
                return;
            }

            Put(group, [.. Enumerable.Repeat(1f, n)]);
        }));
        yield return Arrow("columns", 5_000, (path, n) => WriteArrow(path, [.. Enumerable.Range(0, n).Select(at => ($"f{at}", (IArrowArray)Floats(1)))], 1));
        yield return Arrow("batches", 5_000, (path, n) => WriteArrow(path, [("f0", Floats(1)), ("f1", Floats(1))], n));
        yield return Arrow("words of a dictionary", 100_000, (path, n) => WriteArrow(path, [("f0", Floats(3)), ("f1", Floats(3)), ("label", Words(n))], 1));
        yield return Arrow("text labels, one a row", 100_000, (path, n) => WriteArrow(path, [("f0", Floats(n)), ("f1", Floats(n)), ("label", Texts(n))], 1));
    }

    private static WorstCase Parquet(string shape, int size, Action<string, int> write) => new("Parquet", shape, "x.parquet", size, write, WorstCase.Features());

    private static WorstCase Arrow(string shape, int size, Action<string, int> write) => new("Arrow", shape, "x.arrow", size, write, WorstCase.Features());

    private static void WriteParquet(string path, Column[] columns, int groups, Action<RowGroupWriter, int> put)
    {
        using ParquetFileWriter file = new(path, columns);
        for (int group = 0; group < groups; group++)
        {
            using RowGroupWriter rows = file.AppendRowGroup();
            for (int column = 0; column < columns.Length; column++)
            {
                put(rows, column);
            }
        }

        file.Close();
    }

    private static void Put<T>(RowGroupWriter group, T[] values)
    {
        using LogicalColumnWriter<T> writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values);
    }

    private static void WriteArrow(string path, (string Name, IArrowArray Values)[] columns, int batches)
    {
        RecordBatch batch = new(new Schema([.. columns.Select(column => new Field(column.Name, column.Values.Data.DataType, nullable: true))], null), columns.Select(column => column.Values), columns[0].Values.Length);
        using FileStream file = File.Create(path);
        using ArrowFileWriter writer = new(file, batch.Schema);
        for (int at = 0; at < batches; at++)
        {
            writer.WriteRecordBatch(batch);
        }

        writer.WriteEnd();
    }

    private static FloatArray Floats(int count) => new FloatArray.Builder().AppendRange(Enumerable.Repeat(1f, count)).Build();

    private static StringArray Texts(int count) => new StringArray.Builder().AppendRange(Enumerable.Range(0, count).Select(at => $"person {at}")).Build();

    private static DictionaryArray Words(int count) =>
        new(new DictionaryType(Int32Type.Default, StringType.Default, ordered: false), new Int32Array.Builder().AppendRange([0, 1, count - 1]).Build(), Texts(count));
}
