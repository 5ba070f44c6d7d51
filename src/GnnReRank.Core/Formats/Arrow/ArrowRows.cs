using Apache.Arrow;
using GnnReRank.Formats.Columns;
using GnnReRank.Storage;

namespace GnnReRank.Formats.Arrow;

/// <summary>Gathers the rows of record batches.</summary>
internal sealed class ArrowRows<T>
    where T : unmanaged
{
    private readonly ArrowFile _file;
    private readonly ColumnRoles _roles;
    private readonly CancellationToken _cancellation;
    private readonly bool _takesMissing;
    private readonly GrowingArray<T> _values = new();
    private readonly GrowingArray<long>? _labels;
    private readonly GrowingArray<int>? _cameras;
    private readonly GrowingArray<string>? _names;
    private readonly GrowingArray<string>? _sets;
    private int _rows;
    private int _dimension;
    private int _firstRow;
    private int _missingBefore;

    public ArrowRows(ArrowFile file, ColumnRoles roles, FeatureReadOptions options)
    {
        _takesMissing = options.SkipInvalid;
        _cancellation = options.Compute.CancellationToken;
        _file = file;
        _roles = roles;
        _labels = roles.Label is null ? null : new GrowingArray<long>();
        _cameras = roles.Camera is null ? null : new GrowingArray<int>();
        _names = roles.Name is null ? null : new GrowingArray<string>();
        _sets = roles.Set is null ? null : new GrowingArray<string>();
    }

    /// <summary>The set of each row; null where sets were not asked for.</summary>
    public string[]? Sets => _sets?.Items.ToArray();

    /// <exception cref="GnnReRankException">A value is missing, or a row has another length.</exception>
    public void Append(RecordBatch batch)
    {
        if (_roles.Features is [int list] && ArrowColumns.IsList(batch.Schema.GetFieldByIndex(list).DataType))
        {
            AppendList(batch.Column(list), batch.Length, NameOf(list));
        }
        else
        {
            AppendColumns(batch);
        }

        AppendScalars(batch);
        _rows = FeatureMatrixChecks.ElementCount((long)_rows + batch.Length, 1);
    }

    public FeatureTable Take() => _rows == _missingBefore
        ? throw new GnnReRankException(
            "EmptyFeatureMatrix", ErrorKind.InvalidData,
            _rows == 0 ? $"'{_file.Path}' has columns and no rows: at least one row is needed." : $"'{_file.Path}': every one of the {_rows:N0} rows is missing; none is left to use.")
        : new FeatureTable
        {
            Storage = new ArrayStorage<T>(_values.TakeArray(), _rows, _dimension),
            Labels = _labels?.TakeArray(),
            Cameras = _cameras?.TakeArray(),
            Names = _names?.TakeArray(),
        };

    private void AppendList(IArrowArray column, int rows, string name)
    {
        RequireFeatures(column, rows, name);
        (IArrowArray elements, Func<int, long> start) = Elements(column);
        for (int row = 0; row < rows; row++)
        {
            _cancellation.ThrowIfCancellationRequested();
            (long from, long end) = (start(row), start(row + 1));
            if (from < 0 || end < from || end > elements.Length)
            {
                throw new InvalidDataException($"a list of the column '{name}' lies outside its {elements.Length:N0} values");
            }

            (int first, int length) = ((int)from, (int)(end - from));

            if (_takesMissing && (length == 0 || column.IsNull(row)))
            {
                AddMissing();
                continue;
            }

            RequireLength(length, row, name);
            if (!_takesMissing)
            {
                RequireElements(elements, first, length, row, name);
            }

            CopyPresent(elements, first, _values.Reserve(length)[..length]);
            _values.Advance(length);
        }
    }

    private void RequireLength(int length, int row, string name)
    {
        if (_dimension == 0)
        {
            _dimension = length > 0 ? length : throw Missing(_rows + row, name, "has an empty list");
            _firstRow = _rows + row;
            for (; _missingBefore > 0; _missingBefore--)
            {
                AddMissing();
            }
        }
        else if (length != _dimension)
        {
            throw new GnnReRankException(
                "RaggedFeatures", ErrorKind.InvalidData,
                $"'{_file.Path}': row {_rows + row} (0-based) of the column '{name}' has {length:N0} values and row {_firstRow} has {_dimension:N0}: every row needs as many as the first.");
        }
    }

    // How long a missing row is another row says, before or after.
    private void AddMissing()
    {
        if (_dimension == 0)
        {
            _missingBefore++;
            return;
        }

        _values.Reserve(_dimension)[.._dimension].Fill(Columns.Missing.Value<T>());
        _values.Advance(_dimension);
    }

    private void AppendColumns(RecordBatch batch)
    {
        _dimension = _roles.Features.Count;
        int size = FeatureMatrixChecks.ElementCount(Math.Max(batch.Length, 1), _dimension);
        IArrowArray[] columns = [.. _roles.Features.Select(position => batch.Column(position))];
        for (int dimension = 0; dimension < _dimension; dimension++)
        {
            _cancellation.ThrowIfCancellationRequested();
            RequireFeatures(columns[dimension], batch.Length, NameOf(_roles.Features[dimension]));
        }

        if (batch.Length == 0)
        {
            return;
        }

        Span<T> target = _values.Reserve(size);
        T[] buffer = new T[batch.Length];
        for (int dimension = 0; dimension < _dimension; dimension++)
        {
            _cancellation.ThrowIfCancellationRequested();
            CopyPresent(columns[dimension], 0, buffer);
            for (int row = 0; row < buffer.Length; row++)
            {
                target[(row * _dimension) + dimension] = buffer[row];
            }
        }

        _values.Advance(size);
    }

    private void AppendScalars(RecordBatch batch)
    {
        AppendScalar(batch, _roles.Label, _labels, (array, row, name) => ArrowValues.Whole(array, row, _file.Path, _rows + row, name));
        AppendScalar(batch, _roles.Camera, _cameras, Camera);
        AppendScalar(batch, _roles.Name, _names, (array, row, _) => ArrowValues.Text(array, row));
        AppendScalar(batch, _roles.Set, _sets, (array, row, _) => ArrowValues.Text(array, row));
    }

    private void AppendScalar<TValue>(RecordBatch batch, int? position, GrowingArray<TValue>? target, Func<IArrowArray, int, string, TValue> read)
    {
        if (position is not int index)
        {
            return;
        }

        IArrowArray column = batch.Column(index);
        string name = NameOf(index);
        RequireValues(column, batch.Length, name);
        for (int row = 0; row < batch.Length; row++)
        {
            _cancellation.ThrowIfCancellationRequested();
            target!.Add(read(column, row, name));
        }
    }

    private int Camera(IArrowArray array, int row, string name)
    {
        long camera = ArrowValues.Whole(array, row, _file.Path, _rows + row, name);
        return camera is >= int.MinValue and <= int.MaxValue
            ? (int)camera
            : throw WholeNumbers.NotWhole(_file.Path, _rows + row, name, $"{camera}, past 32 bits");
    }

    private void RequireFeatures(IArrowArray column, int rows, string name)
    {
        if (_takesMissing)
        {
            RequireRows(column, rows, name);
        }
        else
        {
            RequireValues(column, rows, name);
        }
    }

    private static void RequireRows(IArrowArray column, int rows, string name)
    {
        if (column.Length != rows)
        {
            throw new InvalidDataException($"a record batch has {rows:N0} rows, and its column '{name}' has {column.Length:N0}");
        }

        ArrowArrayCheck.Require(column);
    }

    private void RequireValues(IArrowArray column, int rows, string name)
    {
        RequireRows(column, rows, name);
        RequireElements(column, 0, rows, 0, name, "is null");
    }

    private void RequireElements(IArrowArray array, int start, int count, int row, string name, string? what = null)
    {
        if (array.Data.Buffers.Length == 0 || array.Data.Buffers[0].IsEmpty)
        {
            return;
        }

        for (int index = start; index < start + count; index++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (array.IsNull(index))
            {
                throw Missing(_rows + (what is null ? row : index), name, what ?? "has a null in its list");
            }
        }
    }

    private GnnReRankException Missing(int row, string name, string what) => new(
        "MissingValue", ErrorKind.InvalidData,
        $"'{_file.Path}': row {row} (0-based) of the column '{name}' {what}: every value must be there. Correct or drop the row; -SkipInvalid drops rows with missing features.");

    private string NameOf(int position) => _file.Schema.GetFieldByIndex(position).Name;

    private static (IArrowArray Elements, Func<int, long> Start) Elements(IArrowArray column) => column switch
    {
        ListArray list => (list.Values, row => list.ValueOffsets[row]),
        LargeListArray list => (list.Values, row => list.ValueOffsets[row]),
        FixedSizeListArray list => (list.Values, row => ((long)list.Offset + row) * ((Apache.Arrow.Types.FixedSizeListType)list.Data.DataType).ListSize),
        _ => throw new InvalidDataException("a column holds other values than its schema says"),
    };

    private void CopyPresent(IArrowArray array, int start, Span<T> target)
    {
        CopyTo(array, start, target);
        for (int place = 0; _takesMissing && array.NullCount != 0 && place < target.Length; place++)
        {
            if (array.IsNull(start + place))
            {
                target[place] = Columns.Missing.Value<T>();
            }
        }
    }

    private static void CopyTo(IArrowArray array, int start, Span<T> target)
    {
        if (typeof(T) == typeof(Half))
        {
            ArrowValues.Copy(array, start, System.Runtime.InteropServices.MemoryMarshal.Cast<T, Half>(target));
        }
        else
        {
            ArrowValues.Copy(array, start, System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(target));
        }
    }
}
