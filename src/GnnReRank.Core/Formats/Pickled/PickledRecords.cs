using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;

namespace GnnReRank.Formats.Pickled;

/// <summary>
/// Lists of records as columns: one record a row, as (features, label, camera), [path, vector] or a dictionary of them, or one a batch of
/// rows. What the parts are, the first of each says.
/// </summary>
internal sealed class PickledRecords
{
    /// <summary>Query, gallery and a few others: more of a kind are no sets.</summary>
    public const int MostSets = 8;

    private readonly PickledData _data;
    private readonly FeatureReadOptions _options;
    private readonly PickledRows _rows;
    private readonly PickledParts _parts;

    public PickledRecords(PickledData data, FeatureReadOptions options)
    {
        _data = data;
        _options = options;
        _rows = new PickledRows(data);
        _parts = new PickledParts(data, _rows);
    }

    /// <summary>What was taken by its place alone, or left out.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The columns of a list of records, by name.</summary>
    /// <param name="records">The list.</param>
    /// <param name="prefix">Stands before the names.</param>
    /// <param name="kinds">What else than records of a row the list may hold.</param>
    /// <returns>The columns; null where these are no records of features.</returns>
    /// <exception cref="GnnReRankException">One is unlike the first.</exception>
    public Dictionary<string, object?>? Columns(IReadOnlyList<object?> records, string prefix, PickledRecordKinds kinds)
    {
        if (PickledRecord.Keys(records, _data.Cancellation) is not { Count: > 0 } keys)
        {
            return null;
        }

        int unlike = FirstUnlike(records, keys);
        if (unlike >= 0 && kinds.HasFlag(PickledRecordKinds.Unlike))
        {
            return null;
        }

        PickledField[] parts = [.. keys.Select(key => FieldOf(records, key))];
        bool isBatch = parts.Any(part => part.Part == PickledPart.Matrix);
        PickledRecordNames names = new(parts, isBatch, prefix, _options);
        if ((isBatch && !kinds.HasFlag(PickledRecordKinds.Batches)) || names.Features is not object features)
        {
            return null;
        }

        if (unlike >= 0)
        {
            throw FormatErrors.Unsupported(
                _data.Path, $"item {unlike} (0-based) of its list is {PickledKind.Described(records[unlike])}, and the first is {PickledKind.Described(records[0])}: all must be alike." +
                (records[unlike] is null ? " -SkipInvalid leaves out items that are None." : string.Empty));
        }

        if (isBatch && !PickledRows.AreBatchSizes([.. records.Select(record => PickledRows.RowsOf(PickledRecord.Part(record, features)))]))
        {
            return null;
        }

        Dictionary<object, List<object?>?> byKey = parts.Where(part => names.IsColumn(part.Part)).ToDictionary(
            part => part.Key, part => isBatch ? Batches(records, part.Key, part.Part, features) : Rows(records, part.Key, part.Part, features));
        Dictionary<string, object?> columns = [];
        foreach ((string name, object key) in names.Columns())
        {
            if (byKey[key] is object column)
            {
                columns.TryAdd(prefix + name, column);
            }
        }

        if (names.Doubt(columns, _data.Cancellation) is string doubt)
        {
            Warnings.Add($"'{_data.Path}': {doubt}");
        }

        return columns;
    }

    private int FirstUnlike(IReadOnlyList<object?> records, IReadOnlyList<object> keys)
    {
        for (int row = 0; row < records.Count; row++)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
            if (!PickledRecord.IsLike(records[row], keys) && !_rows.IsMissing(records[row]))
            {
                return row;
            }
        }

        return -1;
    }

    // What some lack, another may have.
    private PickledField FieldOf(IReadOnlyList<object?> records, object key)
    {
        foreach (object? record in records)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
            if (PickledRecord.Part(record, key) is object value)
            {
                return new PickledField(key, _parts.Of(value), value);
            }
        }

        return new PickledField(key, PickledPart.Other, First: null);
    }

    private List<object?> Rows(IReadOnlyList<object?> records, object key, PickledPart wanted, object features)
    {
        List<object?> column = new(records.Count);
        foreach (object? record in records)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
            object? value = PickledRecord.Part(record, key);
            bool isLeftOut = value is null && wanted != PickledPart.Vector && _rows.IsMissing(PickledRecord.Part(record, features));
            column.Add(isLeftOut ? (wanted == PickledPart.Number ? 0L : string.Empty)
                : wanted == PickledPart.Vector ? value
                : _parts.Single(value));
        }

        return column;
    }

    private List<object?>? Batches(IReadOnlyList<object?> records, object key, PickledPart wanted, object features)
    {
        List<object?> column = [];
        for (int batch = 0; batch < records.Count; batch++)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
            object? value = PickledRecord.Part(records[batch], key);
            if (wanted == PickledPart.Matrix)
            {
                column.Add(value);
                continue;
            }

            int rows = (int)Math.Min(PickledRows.RowsOf(PickledRecord.Part(records[batch], features)), int.MaxValue);
            IReadOnlyList<object?> values = wanted is PickledPart.Number or PickledPart.Text && rows > 1 ? Repeated(_parts.Single(value), rows) : _parts.Many(value);
            if (values.Count != rows)
            {
                Warnings.Add($"'{_data.Path}': batch {batch} (0-based) has {rows:N0} rows of features and {values.Count:N0} values of item '{PickleSite.Shown(key.ToString()!)}', so that item is left out.");
                return null;
            }

            column.AddRange(values);
        }

        return column;
    }

    // One label for the frames of a tracklet.
    private object?[] Repeated(object? value, int rows)
    {
        _rows.Charge(rows);
        object?[] repeated = new object?[rows];
        Array.Fill(repeated, value);
        return repeated;
    }
}
