using ParquetSharp;

namespace GnnReRank.Extractor;

/// <summary>Parquet with the columns that Import-FeatureMatrix knows: feature, label, camera and name.</summary>
internal static class ParquetOutput
{
    /// <summary>Says what stands in the way, before the work.</summary>
    /// <exception cref="ExtractionException">A file is there, its folder is not, or the ending is another.</exception>
    public static void Check(string path, bool force)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        bool isParquet = path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);
        string? fault = !isParquet ? $"'{path}' does not end in .parquet, by which it would be known."
            : Directory.Exists(path) ? $"'{path}' is a folder: give the path of a file."
            : !Directory.Exists(folder) ? $"There is no folder '{folder}' to write to. Make it first."
            : File.Exists(path) && !force
                ? $"'{path}' is there already: use --force to replace it, or give another path."
            : null;
        if (fault is not null)
        {
            throw new ExtractionException(fault);
        }
    }

    /// <summary>Writes beside the place and renames, so that a failure leaves what was there.</summary>
    public static void Write(string path, FeatureRows rows, bool force)
    {
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            WriteTo(partial, rows);
            File.Move(partial, path, force);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ParquetException)
        {
            throw new ExtractionException($"'{path}' could not be written: {fault.Message}", fault);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void WriteTo(string path, FeatureRows rows)
    {
        Column[] columns =
        [
            new Column<float[]>("feature"),
            .. rows.Labels is null ? default(ReadOnlySpan<Column>) : [new Column<string>("label")],
            .. rows.Cameras is null ? default(ReadOnlySpan<Column>) : [new Column<int>("camera")],
            new Column<string>("name"),
        ];
        using ParquetFileWriter file = new(path, columns, Compression.Zstd);
        using (RowGroupWriter group = file.AppendRowGroup())
        {
            Append(group, rows.Features);
            Append(group, rows.Labels);
            Append(group, rows.Cameras);
            Append(group, rows.Names);
        }

        file.Close();
    }

    private static void Append<T>(RowGroupWriter group, T[]? values)
    {
        if (values is not null)
        {
            using LogicalColumnWriter<T> column = group.NextColumn().LogicalWriter<T>();
            column.WriteBatch(values);
        }
    }
}
