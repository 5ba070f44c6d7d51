using GnnReRank.Formats.Columns;
using GnnReRank.Storage;

namespace GnnReRank.Formats.Delimited;

/// <summary>Gathers the rows of a delimited text file.</summary>
internal sealed class DelimitedRows
{
    private readonly string _path;
    private readonly IReadOnlyList<ColumnInfo> _columns;
    private readonly ColumnRoles _roles;
    private readonly GrowingArray<float> _values = new();
    private readonly List<long> _labels = [];
    private readonly List<int> _cameras = [];
    private readonly List<string> _names = [];
    private readonly List<string> _sets = [];
    private int _rowCount;

    public DelimitedRows(string path, IReadOnlyList<ColumnInfo> columns, ColumnRoles roles)
    {
        _path = path;
        _columns = columns;
        _roles = roles;
    }

    /// <summary>Adds the record at hand.</summary>
    public void Add(DelimitedRecords record)
    {
        record.Require(_columns.Count);
        Span<float> row = _values.Reserve(_roles.Features.Count);
        for (int dimension = 0; dimension < _roles.Features.Count; dimension++)
        {
            int column = _roles.Features[dimension];
            if (!DelimitedText.TryParse(record.Field(column), out row[dimension]))
            {
                throw BadField(record, column, "a number such as 0.25 or -1e-3");
            }
        }

        _values.Advance(_roles.Features.Count);
        AddWhole(record, _roles.Label, long.MinValue, long.MaxValue, _labels.Add);
        AddWhole(record, _roles.Camera, int.MinValue, int.MaxValue, camera => _cameras.Add((int)camera));
        AddText(record, _roles.Name, _names);
        AddText(record, _roles.Set, _sets);
        _rowCount++;
    }

    public IReadOnlyList<FeatureTable> ToTables(FeatureReadOptions options)
    {
        FeatureTable table = new()
        {
            Storage = new ArrayStorage<float>(_values.TakeArray(), _rowCount, _roles.Features.Count),
            Labels = _roles.Label is null ? null : [.. _labels],
            Cameras = _roles.Camera is null ? null : [.. _cameras],
            Names = _roles.Name is null ? null : [.. _names],
            Role = options.Role,
            Warning = _roles.Warning,
        };
        return _roles.Set is null ? [table] : SetSplitter.Split(table, [.. _sets], options.Sets!, _path);
    }

    private void AddWhole(DelimitedRecords record, int? column, long least, long most, Action<long> add)
    {
        if (column is null)
        {
            return;
        }

        if (!WholeNumbers.TryParse(record.Field(column.Value), out long whole) || whole < least || whole > most)
        {
            throw BadField(record, column.Value, $"a whole number from {least} to {most} (number the classes, or name another column with -LabelColumn or -CameraColumn)");
        }

        add(whole);
    }

    private static void AddText(DelimitedRecords record, int? column, List<string> texts)
    {
        if (column is not null)
        {
            texts.Add(record.Field(column.Value).ToString());
        }
    }

    private GnnReRankException BadField(DelimitedRecords record, int column, string expected)
    {
        const int shown = 40;
        string text = record.Field(column).ToString();
        string found = text.Length == 0 ? "is empty" : $"is '{(text.Length > shown ? $"{text[..shown]}..." : text)}'";
        return new GnnReRankException(
            "BadField", ErrorKind.InvalidData,
            $"'{_path}': line {record.Line}, column '{_columns[column].Name}' {found}: expected {expected}.");
    }
}
