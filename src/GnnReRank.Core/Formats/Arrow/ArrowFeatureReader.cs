using Apache.Arrow;
using Apache.Arrow.Types;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;
using GnnReRank.Running;

namespace GnnReRank.Formats.Arrow;

/// <summary>
/// Features from Arrow IPC files and streams (Feather version 2): a list or fixed-size-list column, or one column a dimension; with
/// label, camera and name columns.
/// </summary>
internal sealed class ArrowFeatureReader : IFeatureReader
{
    public FeatureFormat Format => FeatureFormat.Arrow;

    public IReadOnlyList<string> Extensions { get; } = [".arrow", ".feather", ".ipc", ".arrows"];

    /// <summary>Feather version 1 is recognised too, so that the error can name it.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head) =>
        ArrowFile.IsFile(head) || ArrowFile.IsStream(head) || ArrowFile.IsFeather1(head);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) => ArrowFile.Use(path, options.Compute.CancellationToken, file => Read(file, options));

    private static IReadOnlyList<FeatureTable> Read(ArrowFile file, FeatureReadOptions options)
    {
        IReadOnlyList<Field> fields = file.Schema.FieldsList;
        ColumnRoles roles = ColumnRoleFinder.Find(file.Path, [.. fields.Select(ArrowColumns.Info)], options, takeAllNumbers: false);
        return roles.Features.All(position => ArrowColumns.ElementOf(fields[position].DataType).TypeId == ArrowTypeId.HalfFloat)
            ? Read<Half>(file, roles, options)
            : Read<float>(file, roles, options);
    }

    private static IReadOnlyList<FeatureTable> Read<T>(ArrowFile file, ColumnRoles roles, FeatureReadOptions options)
        where T : unmanaged
    {
        ArrowRows<T> rows = new(file, roles, options);
        ArrowKnown known = new(file, roles, options.Compute.CancellationToken);
        while (file.Next() is RecordBatch batch)
        {
            using (batch)
            {
                options.Compute.CancellationToken.ThrowIfCancellationRequested();
                rows.Append(batch);
                known.Append(batch);
                options.Compute.Progress?.Report(new StageProgress("Read features", file.Position, file.Length, StageUnits.Bytes));
            }
        }

        FeatureTable table = known.Complete(rows.Take()) with
        {
            Role = options.Role == FeatureRole.None ? RoleOf(file) : options.Role,
        };
        return known.Sets is RowSets sets ? SetSplitter.Split(table, sets, options.Sets!, file.Path) : [table];
    }

    private static FeatureRole RoleOf(ArrowFile file) =>
        file.Schema.Metadata is not null && file.Schema.Metadata.TryGetValue(ArrowFeatureWriter.RoleKey, out string? text)
        && Enum.TryParse(text, out FeatureRole role) && Enum.IsDefined(role)
            ? role
            : FeatureRole.None;
}
