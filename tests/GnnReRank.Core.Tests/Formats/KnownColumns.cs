using System.IO.Compression;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using GnnReRank.Tests.Datasets.Landmarks;
using GnnReRank.Tests.Formats.Mat;
using GnnReRank.Tests.Formats.Npy;
using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace GnnReRank.Tests.Formats;

/// <summary>
/// Writes features f0 = row + 1 with one further column, in each format that can hold one, by hand or by the format's own library: texts, or
/// real numbers.
/// </summary>
internal static class KnownColumns
{
    public static void Write(string path, string name, object[] values)
    {
        bool areTexts = values[0] is string;
        string[] texts = areTexts ? [.. values.Cast<string>()] : [];
        double[] numbers = areTexts ? [] : [.. values.Cast<double>()];
        switch (Path.GetExtension(path))
        {
            case ".csv":
                File.WriteAllLines(path, [$"{name},f0,f1", .. values.Select((value, row) => FormattableString.Invariant($"{value},{row + 1},1"))]);
                break;
            case ".tsv":
                File.WriteAllLines(path, [$"{name}\tf0\tf1", .. values.Select((value, row) => FormattableString.Invariant($"{value}\t{row + 1}\t1"))]);
                break;
            case ".parquet":
                WriteParquet(path, name, texts, numbers);
                break;
            case ".arrow":
                WriteArrow(path, name, texts, numbers);
                break;
            case ".npz":
                WriteNpz(path, name, texts, numbers);
                break;
            case ".pkl":
                File.WriteAllBytes(path, HandPickle.Of(new Dictionary<string, object>
                {
                    ["features"] = values.Select((_, row) => new double[] { row + 1, 1 }).ToArray(), [name] = values,
                }));
                break;
            case ".safetensors":
                WriteSafetensors(path, name, texts, numbers);
                break;
            case ".mat":
                WriteMat(path, name, texts, numbers);
                break;
            default:
                throw new NotSupportedException(path);
        }
    }

    /// <summary>Writes columns of float32 as Parquet or Arrow.</summary>
    public static void WriteColumns(string path, params (string Name, float[] Values)[] columns)
    {
        if (Path.GetExtension(path) == ".arrow")
        {
            RecordBatch.Builder builder = new();
            System.Array.ForEach(columns, column => builder.Append(column.Name, nullable: false, new FloatArray.Builder().AppendRange(column.Values).Build()));
            using RecordBatch batch = builder.Build();
            using ArrowFileWriter arrow = new(File.Create(path), batch.Schema);
            arrow.WriteRecordBatch(batch);
            arrow.WriteEnd();
            return;
        }

        using ParquetFileWriter file = new(path, [.. columns.Select(column => new ParquetSharp.Column<float>(column.Name))]);
        using RowGroupWriter group = file.AppendRowGroup();
        foreach ((_, float[] values) in columns)
        {
            using LogicalColumnWriter<float> column = group.NextColumn().LogicalWriter<float>();
            column.WriteBatch(values);
        }

        file.Close();
    }

    /// <summary>Writes columns of texts as Parquet or Arrow.</summary>
    public static void WriteTexts(string path, params (string Name, string[] Values)[] columns)
    {
        if (Path.GetExtension(path) == ".arrow")
        {
            RecordBatch.Builder builder = new();
            System.Array.ForEach(columns, column => builder.Append(column.Name, nullable: false, new StringArray.Builder().AppendRange(column.Values).Build()));
            using RecordBatch batch = builder.Build();
            using ArrowFileWriter arrow = new(File.Create(path), batch.Schema);
            arrow.WriteRecordBatch(batch);
            arrow.WriteEnd();
            return;
        }

        using ParquetFileWriter file = new(path, [.. columns.Select(column => new ParquetSharp.Column<string>(column.Name))]);
        using RowGroupWriter group = file.AppendRowGroup();
        foreach ((_, string[] values) in columns)
        {
            using LogicalColumnWriter<string> column = group.NextColumn().LogicalWriter<string>();
            column.WriteBatch(values);
        }

        file.Close();
    }

    /// <summary>Writes columns of truth values, and f0 = row + 1, as Parquet or Arrow.</summary>
    public static void WriteTruths(string path, params (string Name, bool?[] Values)[] columns)
    {
        float[] numbers = [.. Enumerable.Range(1, columns[0].Values.Length).Select(row => (float)row)];
        if (Path.GetExtension(path) == ".arrow")
        {
            RecordBatch.Builder builder = new();
            foreach ((string name, bool?[] values) in columns)
            {
                BooleanArray.Builder truths = new();
                System.Array.ForEach(values, value => _ = value is bool truth ? truths.Append(truth) : truths.AppendNull());
                builder.Append(name, nullable: true, truths.Build());
            }

            using RecordBatch batch = builder.Append("f0", nullable: false, new FloatArray.Builder().AppendRange(numbers).Build()).Build();
            using ArrowFileWriter arrow = new(File.Create(path), batch.Schema);
            arrow.WriteRecordBatch(batch);
            arrow.WriteEnd();
            return;
        }

        using ParquetFileWriter file = new(path, [.. columns.Select(column => new ParquetSharp.Column<bool?>(column.Name)), new ParquetSharp.Column<float>("f0")]);
        using RowGroupWriter group = file.AppendRowGroup();
        foreach ((_, bool?[] values) in columns)
        {
            using LogicalColumnWriter<bool?> column = group.NextColumn().LogicalWriter<bool?>();
            column.WriteBatch(values);
        }

        using (LogicalColumnWriter<float> column = group.NextColumn().LogicalWriter<float>())
        {
            column.WriteBatch(numbers);
        }

        file.Close();
    }

    private static float[] Features(int rows) => [.. Enumerable.Range(0, rows).SelectMany(row => new[] { row + 1f, 1f })];

    private static void WriteParquet(string path, string name, string[] texts, double[] numbers)
    {
        int rows = Math.Max(texts.Length, numbers.Length);
        ParquetSharp.Column known = texts.Length > 0 ? new ParquetSharp.Column<string>(name) : new ParquetSharp.Column<double>(name);
        using ParquetFileWriter file = new(path, [known, new ParquetSharp.Column<float>("f0"), new ParquetSharp.Column<float>("f1")]);
        using RowGroupWriter group = file.AppendRowGroup();
        if (texts.Length > 0)
        {
            using LogicalColumnWriter<string> column = group.NextColumn().LogicalWriter<string>();
            column.WriteBatch(texts);
        }
        else
        {
            using LogicalColumnWriter<double> column = group.NextColumn().LogicalWriter<double>();
            column.WriteBatch(numbers);
        }

        for (int dimension = 0; dimension < 2; dimension++)
        {
            using LogicalColumnWriter<float> column = group.NextColumn().LogicalWriter<float>();
            column.WriteBatch([.. Enumerable.Range(0, rows).Select(row => dimension == 0 ? row + 1f : 1f)]);
        }

        file.Close();
    }

    private static void WriteArrow(string path, string name, string[] texts, double[] numbers)
    {
        int rows = Math.Max(texts.Length, numbers.Length);
        IArrowArray known = texts.Length > 0 ? new StringArray.Builder().AppendRange(texts).Build() : new DoubleArray.Builder().Append(numbers.AsSpan()).Build();
        using RecordBatch batch = new RecordBatch.Builder().Append(name, nullable: false, known)
            .Append("f0", nullable: false, new FloatArray.Builder().AppendRange(Enumerable.Range(0, rows).Select(row => row + 1f)).Build())
            .Append("f1", nullable: false, new FloatArray.Builder().AppendRange(Enumerable.Repeat(1f, rows)).Build()).Build();
        using ArrowFileWriter file = new(File.Create(path), batch.Schema);
        file.WriteRecordBatch(batch);
        file.WriteEnd();
    }

    private static void WriteNpz(string path, string name, string[] texts, double[] numbers)
    {
        int rows = Math.Max(texts.Length, numbers.Length);
        int width = texts.Select(text => text.Length).DefaultIfEmpty(1).Max();
        byte[] known = texts.Length > 0
            ? NpyBytes.Make($"<U{width}", $"({rows},)", [.. texts.SelectMany(text => Encoding.UTF32.GetBytes(text.PadRight(width, '\0')))])
            : NpyBytes.Make("<f8", $"({rows},)", NpyBytes.Doubles(numbers));
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string entry, byte[] bytes) in new[] { ("features", NpyBytes.Make("<f4", $"({rows}, 2)", NpyBytes.Singles(Features(rows)))), (name, known) })
        {
            using Stream stream = archive.CreateEntry(entry + ".npy").Open();
            stream.Write(bytes);
        }
    }

    public static void WriteSafetensors(string path, string name, string[] texts, double[] numbers)
    {
        int rows = Math.Max(texts.Length, numbers.Length);
        int end = rows * 2 * sizeof(float);
        string features = $"\"features\":{{\"dtype\":\"F32\",\"shape\":[{rows},2],\"data_offsets\":[0,{end}]}}";
        string known = texts.Length > 0
            ? $"\"__metadata__\":{{\"{name}\":{JsonSerializer.Serialize(JsonSerializer.Serialize(texts))}}}"
            : $"\"{name}\":{{\"dtype\":\"F64\",\"shape\":[{rows}],\"data_offsets\":[{end},{end + (rows * sizeof(double))}]}}";
        byte[] header = Encoding.UTF8.GetBytes($"{{{features},{known}}}");
        using BinaryWriter file = new(File.Create(path));
        file.Write((long)header.Length);
        file.Write(header);
        file.Write(NpyBytes.Singles(Features(rows)));
        file.Write(NpyBytes.Doubles(numbers));
    }

    public static void WriteMat(string path, string name, string[] texts, double[] numbers)
    {
        int rows = Math.Max(texts.Length, numbers.Length);
        byte[] features = MatBytes.Variable(
            "features", MatBytes.DoubleClass, [rows, 2], MatBytes.Doubles([.. Enumerable.Range(0, rows).Select(row => row + 1.0), .. Enumerable.Repeat(1.0, rows)]));
        byte[] known = texts.Length > 0
            ? MatBytes.Variable(name, MatBytes.CellClass, [rows, 1], [.. texts.Select(Cell)])
            : MatBytes.Variable(name, MatBytes.DoubleClass, [rows, 1], MatBytes.Doubles(numbers));
        File.WriteAllBytes(path, MatBytes.File(features, known));
    }

    private static byte[] Cell(string text)
    {
        const int utf8 = 16;
        return MatBytes.Variable(string.Empty, MatBytes.CharClass, [1, text.Length], MatBytes.Element(utf8, Encoding.UTF8.GetBytes(text)));
    }
}
