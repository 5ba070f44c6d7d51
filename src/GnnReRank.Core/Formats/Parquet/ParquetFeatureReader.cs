using System.Diagnostics.CodeAnalysis;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;
using GnnReRank.Running;
using GnnReRank.Storage;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>
/// Features from Apache Parquet: a list or fixed-size-list column, or one column a dimension; with label, camera and name columns.
/// </summary>
internal sealed class ParquetFeatureReader : IFeatureReader
{
    private static readonly byte[] s_magic = [.. "PAR1"u8];

    public FeatureFormat Format => FeatureFormat.Parquet;

    public IReadOnlyList<string> Extensions { get; } = [".parquet", ".pq"];

    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith(s_magic);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) =>
        ParquetFile.Use(path, options.Compute.CancellationToken, file => Read(file, options));

    private static IReadOnlyList<FeatureTable> Read(ParquetFile file, FeatureReadOptions options)
    {
        ColumnInfo[] columns = file.Columns.Select(column => column.Info).ToArray();
        ColumnRoles roles = ColumnRoleFinder.Find(file.Path, columns, options, takeAllNumbers: false);
        ParquetRows known = new(file, roles);
        RowSelection selection = options.Rows ?? new RowSelection();
        known.Read(!roles.HasSets && selection.IsPrefix ? selection.First!.Value : int.MaxValue, options.Compute.CancellationToken);
        if (known.RowCount == 0)
        {
            throw new GnnReRankException(
                "EmptyFeatureMatrix", ErrorKind.InvalidData, $"'{file.Path}' has columns and no rows: at least one row is needed.");
        }

        if (roles.HasSets)
        {
            return [.. options.Sets!.Select(role => SetTable(file, known, roles, role, options))];
        }

        FeatureRole role = options.Role == FeatureRole.None ? ParquetMetadata.RoleOf(file) : options.Role;
        int[]? rows = selection.TakesAll
            ? null
            : RowSelector.Rows(selection, known.Labels, known.Cameras, known.Names, known.RowCount, $"'{file.Path}'", options.Compute.CancellationToken);
        return [Table(file, known, roles, role, rows, options)];
    }

    private static FeatureTable SetTable(ParquetFile file, ParquetRows known, ColumnRoles roles, FeatureRole role, FeatureReadOptions options)
    {
        RowSets sets = known.Sets!;
        int[] ofSet = sets.RowsOf(role);
        if (ofSet.Length == 0)
        {
            throw SetSplitter.NotFound(file.Path, role, sets.Present);
        }

        int[] rows = RowSelector.Rows(
            options.Rows ?? new RowSelection(),
            Picked(known.Labels, ofSet), Picked(known.Cameras, ofSet), Picked(known.Names, ofSet),
            ofSet.Length, TableSelection.SubjectOf(file.Path, role, options), options.Compute.CancellationToken);
        return Table(file, known, roles, role, Picked(ofSet, rows), options);
    }

    private static FeatureTable Table(
        ParquetFile file, ParquetRows known, ColumnRoles roles, FeatureRole role, int[]? rows, FeatureReadOptions options) => new()
    {
        Storage = Features(file, roles, rows, known.RowCount, TableSelection.SubjectOf(file.Path, role, options), options),
        Labels = Picked(known.Labels, rows),
        Cameras = Picked(known.Cameras, rows),
        Names = Picked(known.Names, rows),
        Role = role,
        LabelNames = known.LabelNames,
        Warnings = known.Warnings,
        UnnamedColumns = roles.UnnamedColumns,
        IsSelected = true,
    };

    [return: NotNullIfNotNull(nameof(values))]
    private static T[]? Picked<T>(T[]? values, int[]? rows) =>
        values is null || rows is null ? values : Array.ConvertAll(rows, row => values[row]);

    private static FeatureStorage Features(
        ParquetFile file, ColumnRoles roles, int[]? rows, int rowCount, string subject, FeatureReadOptions options)
    {
        ParquetColumn[] columns = roles.Features.Select(position => file.Columns[position]).ToArray();
        int count = rows?.Length ?? rowCount;
        StageReporter reporter = new("Read features", count, StageUnits.Rows, options.Compute);
        IParquetFeatures features = roles.AreFeaturesTexts
            ? new ParquetTextFeatures(file, columns[0], new TextVectors(file.Path, subject, options, count, file.Length))
            : Array.TrueForAll(columns, column => column.Element == ParquetElement.Half)
            ? Gatherer(file, columns, new FeatureRows<Half>(subject, options.Columns, count, file.Length, reporter.Advance), ParquetValues.Halves, subject, options)
            : Gatherer(file, columns, new FeatureRows<float>(subject, options.Columns, count, file.Length, reporter.Advance), ParquetValues.Floats, subject, options);
        int before = 0;
        int taken = 0;
        for (int index = 0; index < file.RowGroupCount && (rows is null || taken < rows.Length); index++)
        {
            options.Compute.CancellationToken.ThrowIfCancellationRequested();
            using RowGroupReader group = file.RowGroup(index);
            ParquetGroupRows wanted = Wanted(rows, taken, before, ParquetFile.RowCountOf(group));
            if (wanted.WantedCount > 0)
            {
                features.Append(group, wanted, options.Compute.CancellationToken);
            }

            before += wanted.RowCount;
            taken += wanted.WantedCount;
        }

        return features.TakeStorage();
    }

    private static ParquetGroupRows Wanted(int[]? rows, int taken, int before, int rowCount)
    {
        if (rows is null)
        {
            return new ParquetGroupRows(before, rowCount, Wanted: null);
        }

        int end = Array.BinarySearch(rows, before + rowCount);
        end = end < 0 ? ~end : end;
        return end - taken == rowCount
            ? new ParquetGroupRows(before, rowCount, Wanted: null)
            : new ParquetGroupRows(before, rowCount, rows.AsMemory(taken, end - taken));
    }

    private static IParquetFeatures Gatherer<T>(
        ParquetFile file, ParquetColumn[] columns, FeatureRows<T> rows, Func<RowGroupReader, ParquetColumn, ParquetBatches<T>> open,
        string subject, FeatureReadOptions options)
        where T : unmanaged
    {
        if (columns[0].MaxRepetition > 0)
        {
            return new ParquetListFeatures<T>(file, columns[0], rows, open, options.SkipInvalid);
        }

        int[]? wanted = ColumnSelection.Of(options.Columns, columns.Length, subject);
        return new ParquetScalarFeatures<T>(file, Picked(columns, wanted), rows, open, options.SkipInvalid);
    }
}
