using GnnReRank.Formats.Columns;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>
/// Features from Apache Parquet: a list or fixed-size-list column, or one column a dimension; with label, camera and name columns.
/// </summary>
internal sealed class ParquetFeatureReader : IFeatureReader
{
    private static readonly byte[] _magic = [.. "PAR1"u8];

    public FeatureFormat Format => FeatureFormat.Parquet;

    public IReadOnlyList<string> Extensions { get; } = [".parquet", ".pq"];

    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith(_magic);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) =>
        ParquetFile.Use(path, file => Read(file, options));

    private static IReadOnlyList<FeatureTable> Read(ParquetFile file, FeatureReadOptions options)
    {
        ColumnInfo[] columns = file.Columns.Select(column => column.Info).ToArray();
        ColumnRoles roles = ColumnRoleFinder.Find(file.Path, columns, options, takeAllNumbers: false);
        ParquetColumn[] features = roles.Features.Select(position => file.Columns[position]).ToArray();
        IParquetFeatures values = Array.TrueForAll(features, column => column.Element == ParquetElement.Half)
            ? Features(file, features, ParquetValues.Halves)
            : Features(file, features, ParquetValues.Floats);
        ParquetScalar<long>? labels = Whole(file, roles.Label);
        ParquetScalar<long>? cameras = Whole(file, roles.Camera);
        ParquetScalar<string>? names = Texts(file, roles.Name);
        ParquetScalar<string>? sets = Texts(file, roles.Set);
        for (int index = 0; index < file.RowGroupCount; index++)
        {
            using RowGroupReader group = file.RowGroup(index);
            int rows = values.Append(group, options.Compute.CancellationToken);
            RequireClaimed(file, rows, group.MetaData.NumRows);
            foreach (IParquetScalar? scalar in new IParquetScalar?[] { labels, cameras, names, sets })
            {
                scalar?.Append(group, rows, options.Compute.CancellationToken);
            }

            options.Compute.Progress?.Report(new StageProgress("Read features", index + 1, file.RowGroupCount));
        }

        RequireRows(file, values);
        FeatureTable table = new()
        {
            Storage = values.TakeStorage(),
            Labels = labels?.TakeValues(),
            Cameras = cameras is null ? null : Cameras(file, cameras),
            Names = names?.TakeValues(),
            Role = options.Role == FeatureRole.None ? ParquetMetadata.RoleOf(file) : options.Role,
            Warning = roles.Warning,
        };
        return sets is null ? [table] : SetSplitter.Split(table, sets.TakeValues(), options.Sets!, file.Path);
    }

    private static IParquetFeatures Features<T>(
        ParquetFile file, ParquetColumn[] columns, Func<RowGroupReader, ParquetColumn, ParquetBatches<T>> open)
        where T : unmanaged => columns[0].MaxRepetition > 0
        ? new ParquetListFeatures<T>(file, columns[0], open)
        : new ParquetScalarFeatures<T>(file, columns, open);

    private static void RequireClaimed(ParquetFile file, int rows, long claimed)
    {
        if (rows != claimed)
        {
            throw FormatErrors.Corrupt(file.Path, "Parquet", $"a row group claims {claimed:N0} rows and holds {rows:N0}.");
        }
    }

    private static void RequireRows(ParquetFile file, IParquetFeatures values)
    {
        if (values.RowCount == 0)
        {
            throw new GnnReRankException(
                "EmptyFeatureMatrix", ErrorKind.InvalidData, $"'{file.Path}' has columns and no rows: at least one row is needed.");
        }
    }

    private static ParquetScalar<long>? Whole(ParquetFile file, int? position)
    {
        if (position is null)
        {
            return null;
        }

        ParquetColumn column = file.Columns[position.Value];
        return new ParquetScalar<long>(file, column, (group, rowsBefore) => ParquetValues.Integers(
            group, column, (position, found) => WholeNumbers.NotWhole(file.Path, rowsBefore() + position, column.Name, found)));
    }

    private static ParquetScalar<string>? Texts(ParquetFile file, int? position) => position is null
        ? null
        : new ParquetScalar<string>(
            file, file.Columns[position.Value], (group, _) => ParquetValues.Texts(group, file.Columns[position.Value]));

    private static int[] Cameras(ParquetFile file, ParquetScalar<long> cameras)
    {
        long[] wide = cameras.TakeValues();
        int outside = Array.FindIndex(wide, camera => camera is < int.MinValue or > int.MaxValue);
        return outside < 0
            ? Array.ConvertAll(wide, camera => (int)camera)
            : throw WholeNumbers.NotWhole(file.Path, outside, cameras.Name, $"{wide[outside]}, past 32 bits");
    }
}
