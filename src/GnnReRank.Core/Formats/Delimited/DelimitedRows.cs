using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;
using GnnReRank.Storage;

namespace GnnReRank.Formats.Delimited;

/// <summary>Gathers the rows of one set, or of all of a delimited text file, that a selection takes.</summary>
internal sealed class DelimitedRows
{
    // A random sample is thinned out whenever as many rows again, and some more, have come.
    private const int SampleSlack = 1024;

    private readonly string _path;
    private readonly IReadOnlyList<ColumnInfo> _columns;
    private readonly ColumnRoles _roles;
    private readonly int[] _features;
    private readonly DelimitedRecords _records;
    private readonly RowSelection _selection;
    private readonly RowFilter _filter;
    private readonly int _lastIndex;
    private readonly bool _takesMissing;
    private readonly GrowingArray<float> _values;
    private readonly CancellationToken _cancellation;
    private readonly TextVectors? _vectors;
    private readonly List<int> _rows = [];
    private readonly List<string> _warnings = [];
    private readonly LabelNumbers _labelNumbers;
    private readonly List<long> _labels = [];
    private readonly List<int> _cameras = [];
    private readonly List<string> _names = [];
    private int? _label;
    private int? _camera;
    private int _seen;

    /// <param name="path">The file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="roles">What they hold.</param>
    /// <param name="role">The set, or the role of a whole file.</param>
    /// <param name="options">Which rows and columns to take.</param>
    /// <param name="records">The file's records.</param>
    /// <exception cref="GnnReRankException">The selection asks for what the columns do not hold.</exception>
    public DelimitedRows(
        string path, IReadOnlyList<ColumnInfo> columns, ColumnRoles roles, FeatureRole role, FeatureReadOptions options, DelimitedRecords records)
    {
        string subject = TableSelection.SubjectOf(path, role, options);
        _path = path;
        _columns = columns;
        _roles = roles;
        _records = records;
        _features = !roles.AreFeaturesTexts && ColumnSelection.Of(options.Columns, roles.Features.Count, subject) is int[] wanted
            ? Array.ConvertAll(wanted, column => roles.Features[column])
            : [.. roles.Features];
        _vectors = roles.AreFeaturesTexts ? new TextVectors(path, subject, options, expectedRows: 0, fileLength: 0) : null;
        _selection = options.Rows ?? new RowSelection();
        _filter = new RowFilter(_selection, subject, roles.Label is not null, roles.Camera is not null, roles.Name is not null);
        _lastIndex = LastIndex(_selection.Indices);
        _label = roles.Label;
        _camera = roles.Camera;
        _labelNumbers = new LabelNumbers(roles.TakesTextLabels);
        _warnings.AddRange(roles.Warnings);
        _values = new GrowingArray<float>(() => records.PartRead);
        _takesMissing = options.SkipInvalid;
        _cancellation = options.Compute.CancellationToken;
        Role = role;
    }

    public FeatureRole Role { get; }

    /// <summary>Whether no record came.</summary>
    public bool IsEmpty => _seen == 0;

    /// <summary>Whether no later record can be taken; every index asked for has come by then.</summary>
    public bool IsComplete => _seen > _lastIndex
        && (_rows.Count == _selection.First || _selection is { Indices: not null, Exclude: false });

    /// <summary>Adds the record at hand, if it is taken.</summary>
    public void AddRecord()
    {
        int row = _seen++;
        if (_rows.Count == _selection.First || !IsTaken(row))
        {
            return;
        }

        if (_vectors is null)
        {
            AddNumbers();
        }
        else
        {
            _vectors.Add(_records.Field(_features[0]), () => $"line {_records.Line}, column '{_columns[_features[0]].Name}'");
        }

        _rows.Add(row);
        AddMetadata();
        if (_selection.Random is int count && _rows.Count >= (2L * count) + SampleSlack)
        {
            Thin(count);
        }
    }

    private void AddNumbers()
    {
        Span<float> target = _values.Reserve(_features.Length);
        for (int dimension = 0; dimension < _features.Length; dimension++)
        {
            _cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<char> field = _records.Field(_features[dimension]);
            if (DelimitedText.TryParse(field, out target[dimension]))
            {
                continue;
            }

            // A row with a missing value is found with those that hold NaN.
            target[dimension] = _takesMissing && Missing.IsWord(field)
                ? float.NaN
                : throw BadField(_features[dimension], "a number such as 0.25 or -1e-3; rows with missing values are dropped with -SkipInvalid");
        }

        _values.Advance(_features.Length);
    }

    /// <exception cref="GnnReRankException">No row was taken, or an index lies past the end.</exception>
    public FeatureTable ToTable()
    {
        _filter.CheckIndices(_seen);
        if (_rows.Count == 0)
        {
            throw _filter.NothingLeft(_seen);
        }

        if (_selection.Random is int count)
        {
            Thin(count);
        }

        return new FeatureTable
        {
            Storage = _vectors is null ? new ArrayStorage<float>(_values.TakeBuffer(), _rows.Count, _features.Length) : _vectors.TakeStorage(),
            Labels = _label is null ? null : [.. _labels],
            LabelNames = _label is null ? null : _labelNumbers.Names,
            Cameras = _camera is null ? null : [.. _cameras],
            Names = _roles.Name is null ? null : [.. _names],
            Role = Role,
            Warnings = _warnings,
            UnnamedColumns = _roles.UnnamedColumns,
            IsSelected = true,
        };
    }

    private static int LastIndex(IReadOnlyList<int>? indices)
    {
        // A negative index is an error, which the number of rows belongs to: all of them are read.
        return indices is null ? -1 : indices.Any(index => index < 0) ? int.MaxValue : indices.Append(-1).Max();
    }

    private bool IsTaken(int row) => _filter.Takes(
        row,
        _selection.Labels is null ? 0 : Label(_roles.Label!.Value),
        _selection.Cameras is null ? 0 : Camera(_roles.Camera!.Value),
        _selection.Names is null ? null : _records.Field(_roles.Name!.Value).ToString());

    private void AddMetadata()
    {
        Take(ref _label, _labels, Label, _roles.IsLabelOptional, "labels", "-LabelColumn");
        Take(ref _camera, _cameras, Camera, _roles.IsCameraOptional, "cameras", "-CameraColumn");

        if (_roles.Name is int name)
        {
            _names.Add(_records.Field(name).ToString());
        }
    }

    private void Take<T>(ref int? column, List<T> values, Func<int, T> read, bool isOptional, string what, string parameter)
    {
        if (column is not int place)
        {
            return;
        }

        try
        {
            values.Add(read(place));
        }
        catch (GnnReRankException unfit) when (isOptional && Guess.IsUnfit(unfit))
        {
            column = null;
            values.Clear();
            _warnings.Add(Guess.LeftOut(unfit, what, parameter));
        }
    }

    private void Thin(int count)
    {
        HashSet<int> drawn = [.. RandomRows.Draw(_rows, count, _selection.Seed)];
        int[] places = [.. Enumerable.Range(0, _rows.Count).Where(place => drawn.Contains(_rows[place]))];
        _values.KeepRows(places, _vectors is null ? _features.Length : 0);
        _vectors?.KeepRows(places);
        Keep(_rows, places);
        Keep(_labels, places);
        Keep(_cameras, places);
        Keep(_names, places);
    }

    private static void Keep<T>(List<T> list, int[] places)
    {
        if (list.Count == 0)
        {
            return;
        }

        for (int place = 0; place < places.Length; place++)
        {
            list[place] = list[places[place]];
        }

        list.RemoveRange(places.Length, list.Count - places.Length);
    }

    private long Label(int column) => _labelNumbers.TryNumber(_records.Field(column), out long label)
        ? label
        : throw BadField(column, $"a label, which is a whole number from {long.MinValue} to {long.MaxValue} or a text (name another column with -LabelColumn)");

    private int Camera(int column) => WholeNumbers.TryParse(_records.Field(column), out long camera) && camera is >= int.MinValue and <= int.MaxValue
        ? (int)camera
        : throw BadField(column, $"a whole number from {int.MinValue} to {int.MaxValue} (number the cameras, or name another column with -CameraColumn)");

    private GnnReRankException BadField(int column, string expected)
    {
        const int shown = 40;
        string text = _records.Field(column).ToString();
        string found = text.Length == 0 ? "is empty" : $"is '{(text.Length > shown ? $"{text[..shown]}..." : text)}'";
        return new GnnReRankException(
            "BadField", ErrorKind.InvalidData,
            $"'{_path}': line {_records.Line}, column '{_columns[column].Name}' {found}: expected {expected}.");
    }
}
