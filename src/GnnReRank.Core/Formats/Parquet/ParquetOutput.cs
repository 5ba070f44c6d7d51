using ParquetSharp;
using ParquetSharp.Schema;

namespace GnnReRank.Formats.Parquet;

/// <summary>What the writers of features, graphs and rankings share.</summary>
internal static class ParquetOutput
{
    /// <summary>The most levels that are handed to the native library at once.</summary>
    public const int BatchSize = 1 << 16;

    /// <summary>Values a row group aims at: 64 MB of float32, so that readers can stream.</summary>
    public const int RowGroupValues = 1 << 24;

    /// <summary>Writes a file with the given columns.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Write(
        string path, IReadOnlyList<Node> columns, IReadOnlyDictionary<string, string> metadata, Action<ParquetFileWriter> write)
    {
        try
        {
            using GroupNode schema = new("schema", Repetition.Required, columns);
            using WriterPropertiesBuilder builder = new();
            using WriterProperties properties = builder.Compression(Compression.Zstd).EnablePageChecksum().Build();
            using ParquetFileWriter writer = new(path, schema, properties, metadata);
            write(writer);
            writer.Close();
        }
        catch (ParquetException fault)
        {
            throw new IOException(ParquetFaults.MessageOf(fault), fault);
        }
        finally
        {
            foreach (Node column in columns)
            {
                column.Dispose();
            }
        }
    }

    /// <summary>A column with one value a row, never null.</summary>
    public static PrimitiveNode Scalar(string name, PhysicalType type) => Primitive(name, LogicalType.None(), type);

    /// <summary>A column with one text a row, never null.</summary>
    public static PrimitiveNode Text(string name) => Primitive(name, LogicalType.String(), PhysicalType.ByteArray);

    /// <summary>A column with one list a row; neither lists nor elements are ever null.</summary>
    public static GroupNode List(string name, PhysicalType type)
    {
        using PrimitiveNode element = Scalar("element", type);
        using GroupNode repeated = new("list", Repetition.Repeated, [element]);
        using LogicalType list = LogicalType.List();
        return new GroupNode(name, Repetition.Required, [repeated], list);
    }

    /// <summary>Writes the next column of a row group: one value a row.</summary>
    public static void WriteNext<T>(RowGroupWriter group, ReadOnlySpan<T> values, CancellationToken cancellation)
        where T : unmanaged
    {
        using ColumnWriter<T> column = (ColumnWriter<T>)group.NextColumn();
        for (int start = 0; start < values.Length; start += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            column.WriteBatch(values.Slice(start, Math.Min(BatchSize, values.Length - start)));
        }
    }

    private static PrimitiveNode Primitive(string name, LogicalType logical, PhysicalType type)
    {
        using (logical)
        {
            return new PrimitiveNode(name, Repetition.Required, logical, type);
        }
    }
}
