using System.Runtime.CompilerServices;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Files;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>A column with one value a row, none of them null unless something stands for what is.</summary>
internal sealed class ParquetScalar<TValue> : IParquetScalar
{
    private readonly string _path;
    private readonly ParquetColumn _column;
    private readonly Func<RowGroupReader, Func<int>, ParquetBatches<TValue>> _open;
    private readonly GrowingArray<TValue> _values;
    private readonly StrongBox<TValue>? _missing;
    private int _rowsBefore;

    /// <summary>Starts without a value.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column.</param>
    /// <param name="open">Opens the column of a row group; given the way to ask how many rows were read before.</param>
    /// <param name="room">Where the values go, if others share it; null makes it.</param>
    /// <param name="missing">What stands for a null; without it, a null is an error.</param>
    public ParquetScalar(
        ParquetFile file, ParquetColumn column, Func<RowGroupReader, Func<int>, ParquetBatches<TValue>> open, GrowingArray<TValue>? room = null,
        StrongBox<TValue>? missing = null)
    {
        _missing = missing;
        _values = room ?? new GrowingArray<TValue>();
        _path = file.Path;
        _column = column;
        _open = open;
    }

    public string Name => _column.Name;

    public ReadOnlySpan<TValue> Values => _values.Items;

    public TValue[] TakeValues() => _values.TakeArray();

    /// <summary>Forgets the values.</summary>
    public void Discard() => _values.Clear();

    /// <summary>Says which row of the file the next value is, for messages; only where no value is held.</summary>
    public void StartAt(int row) => _rowsBefore = row;

    public void Append(RowGroupReader group, int rowCount, CancellationToken cancellation)
    {
        int rows = AppendAll(group, cancellation);
        if (rows != rowCount)
        {
            throw FormatErrors.Corrupt(
                _path, "Parquet", $"a row group has {rowCount:N0} rows, and its column '{_column.Name}' has {rows:N0}.");
        }
    }

    /// <summary>Reads one row group.</summary>
    /// <returns>The number of rows it really holds.</returns>
    public int AppendAll(RowGroupReader group, CancellationToken cancellation)
    {
        int before = _values.Count;
        using ParquetBatches<TValue> batches = _open(group, () => _rowsBefore + _values.Count);
        while (batches.HasNext && batches.Read(_values.Free(ParquetBatches<TValue>.Size), out int valueCount) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int missing = batches.Definitions.IndexOfAnyExcept(_column.MaxDefinition);
            if (missing >= 0 && _missing is not null)
            {
                valueCount = batches.Spread(_values.Free(ParquetBatches<TValue>.Size), valueCount, least: 0, _missing.Value!);
            }
            else if (missing >= 0)
            {
                throw new GnnReRankException(
                    "MissingValue", ErrorKind.InvalidData,
                    $"'{_path}': row {_rowsBefore + _values.Count + missing} (0-based) of the column '{_column.Name}' is null: " +
                    "every row needs a value. Correct or drop the row (-SkipInvalid drops rows with missing features), or leave the column out of the file.");
            }

            _values.Advance(valueCount);
        }

        return _values.Count - before;
    }
}
