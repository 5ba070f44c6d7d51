using Apache.Arrow;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Arrow;

/// <summary>Gathers what is known of the rows of record batches beside their features.</summary>
internal sealed class ArrowKnown
{
    private readonly ArrowFile _file;
    private readonly ColumnRoles _roles;
    private readonly ArrowNulls _nulls;
    private readonly CancellationToken _cancellation;
    private readonly LabelNumbers _labelNumbers;
    private readonly List<string> _warnings;
    private readonly GrowingArray<string>? _sets;
    private readonly Dictionary<FeatureRole, GrowingArray<bool>> _flags;
    private GrowingArray<long>? _labels;
    private GrowingArray<int>? _cameras;
    private GrowingArray<string>? _names;
    private int _rows;

    public ArrowKnown(ArrowFile file, ColumnRoles roles, CancellationToken cancellation)
    {
        _file = file;
        _roles = roles;
        _cancellation = cancellation;
        _nulls = new ArrowNulls(file.Path, cancellation);
        _warnings = [.. roles.Warnings];
        _labelNumbers = new LabelNumbers(roles.TakesTextLabels);
        _labels = roles.Label is null ? null : new GrowingArray<long>();
        _cameras = roles.Camera is null ? null : new GrowingArray<int>();
        _names = roles.Name is null ? null : new GrowingArray<string>();
        _sets = roles.Set is null ? null : new GrowingArray<string>();
        _flags = roles.SetFlags.Keys.ToDictionary(role => role, _ => new GrowingArray<bool>());
    }

    /// <summary>The sets of the rows; null where sets were not asked for.</summary>
    public RowSets? Sets => _sets is not null ? new RowSets(_sets.Items.ToArray())
        : _flags.Count > 0 ? new RowSets(_flags.ToDictionary(flag => flag.Key, flag => flag.Value.Items.ToArray()))
        : null;

    /// <exception cref="GnnReRankException">A value is missing or unfit, and was not guessed.</exception>
    public void Append(RecordBatch batch)
    {
        AppendOptional(batch, _roles.Label, ref _labels, Label, _roles.IsLabelOptional, "labels", "-LabelColumn");
        AppendOptional(batch, _roles.Camera, ref _cameras, Camera, _roles.IsCameraOptional, "cameras", "-CameraColumn");
        AppendOptional(batch, _roles.Name, ref _names, (array, row, _) => ArrowValues.Text(array, row), _roles.IsNameOptional, "names", "-NameColumn");
        Append(batch, _roles.Set, _sets, (array, row, _) => ArrowValues.Text(array, row));
        foreach ((FeatureRole role, GrowingArray<bool> flags) in _flags)
        {
            IArrowArray column = batch.Column(_roles.SetFlags[role]);
            ArrowNulls.RequireRows(column, batch.Length, _file.NameOf(_roles.SetFlags[role]));
            for (int row = 0; row < batch.Length; row++)
            {
                _cancellation.ThrowIfCancellationRequested();
                flags.Add(ArrowValues.Truth(column, row));
            }
        }

        _rows = checked(_rows + batch.Length);
    }

    /// <summary>Adds what is known to a table of the features.</summary>
    public FeatureTable Complete(FeatureTable table) => table with
    {
        Labels = _labels?.TakeArray(),
        LabelNames = _labels is null ? null : _labelNumbers.Names,
        Cameras = _cameras?.TakeArray(),
        Names = _names?.TakeArray(),
        Warnings = _warnings,
    };

    private void AppendOptional<TValue>(
        RecordBatch batch, int? position, ref GrowingArray<TValue>? target, Func<IArrowArray, int, string, TValue> read, bool isOptional, string what, string parameter)
    {
        try
        {
            Append(batch, position, target, read);
        }
        catch (GnnReRankException unfit) when (isOptional && Guess.IsUnfit(unfit))
        {
            target = null;
            _warnings.Add(Guess.LeftOut(unfit, what, parameter));
        }
    }

    private void Append<TValue>(RecordBatch batch, int? position, GrowingArray<TValue>? target, Func<IArrowArray, int, string, TValue> read)
    {
        if (position is not int index || target is null)
        {
            return;
        }

        IArrowArray column = batch.Column(index);
        string name = _file.NameOf(index);
        _nulls.RequireValues(column, _rows, batch.Length, name);
        for (int row = 0; row < batch.Length; row++)
        {
            _cancellation.ThrowIfCancellationRequested();
            target.Add(read(column, row, name));
        }
    }

    private long Label(IArrowArray array, int row, string name) => ArrowValues.Whole(array, row, _file.Path, _rows + row, name, _labelNumbers);

    private int Camera(IArrowArray array, int row, string name)
    {
        long camera = ArrowValues.Whole(array, row, _file.Path, _rows + row, name);
        return camera is >= int.MinValue and <= int.MaxValue
            ? (int)camera
            : throw WholeNumbers.NotWhole(_file.Path, _rows + row, name, $"{camera}, past 32 bits");
    }
}
