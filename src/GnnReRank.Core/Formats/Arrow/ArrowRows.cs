using Apache.Arrow;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;
using GnnReRank.Storage;

namespace GnnReRank.Formats.Arrow;

/// <summary>Gathers the features of record batches.</summary>
internal sealed class ArrowRows<T>
    where T : unmanaged
{
    private readonly ArrowFile _file;
    private readonly ColumnRoles _roles;
    private readonly CancellationToken _cancellation;
    private readonly ArrowNulls _nulls;
    private readonly bool _takesMissing;
    private readonly GrowingArray<T> _values = new();
    private readonly TextVectors? _vectors;
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
        _vectors = roles.AreFeaturesTexts ? new TextVectors(file.Path, $"'{file.Path}'", options with { Columns = null }, expectedRows: 0, fileLength: 0) : null;
        _nulls = new ArrowNulls(file.Path, _cancellation);
    }

    /// <exception cref="GnnReRankException">A value is missing, or a row has another length.</exception>
    public void Append(RecordBatch batch)
    {
        if (_vectors is not null)
        {
            AppendTexts(batch.Column(_roles.Features[0]), batch.Length, _file.NameOf(_roles.Features[0]), _vectors);
        }
        else if (_roles.Features is [int list] && ArrowColumns.IsList(batch.Schema.GetFieldByIndex(list).DataType))
        {
            AppendList(batch.Column(list), batch.Length, _file.NameOf(list));
        }
        else
        {
            AppendColumns(batch);
        }

        _rows = FeatureMatrixChecks.ElementCount((long)_rows + batch.Length, 1);
    }

    public FeatureTable Take() => _rows == _missingBefore
        ? throw new GnnReRankException(
            "EmptyFeatureMatrix", ErrorKind.InvalidData,
            _rows == 0 ? $"'{_file.Path}' has columns and no rows: at least one row is needed." : $"'{_file.Path}': every one of the {_rows:N0} rows is missing; none is left to use.")
        : new FeatureTable
        {
            Storage = _vectors is null ? new ArrayStorage<T>(_values.TakeArray(), _rows, _dimension) : _vectors.TakeStorage(),
            UnnamedColumns = _roles.UnnamedColumns,
        };

    private void AppendTexts(IArrowArray column, int rows, string name, TextVectors vectors)
    {
        RequireFeatures(column, rows, name);
        for (int row = 0; row < rows; row++)
        {
            _cancellation.ThrowIfCancellationRequested();
            int place = _rows + row;
            vectors.Add(column.IsNull(row) ? string.Empty : ArrowValues.Text(column, row), () => $"row {place} (0-based) of the column '{name}'");
        }
    }

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
                _nulls.RequireElements(elements, first, length, _rows + row, name);
            }

            CopyPresent(elements, first, _values.Reserve(length)[..length]);
            _values.Advance(length);
        }
    }

    private void RequireLength(int length, int row, string name)
    {
        if (_dimension == 0)
        {
            _dimension = length > 0 ? length : throw _nulls.Missing(_rows + row, name, "has an empty list");
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
            RequireFeatures(columns[dimension], batch.Length, _file.NameOf(_roles.Features[dimension]));
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

    private void RequireFeatures(IArrowArray column, int rows, string name)
    {
        if (_takesMissing)
        {
            ArrowNulls.RequireRows(column, rows, name);
        }
        else
        {
            _nulls.RequireValues(column, _rows, rows, name);
        }
    }

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
