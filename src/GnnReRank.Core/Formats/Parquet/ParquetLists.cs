using System.Runtime.CompilerServices;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Parquet;

/// <summary>The lists of one column, one after the other, with the length of each; null lists and null elements are refused unless something stands for them.</summary>
internal sealed class ParquetLists<TValue>
{
    private readonly string _path;
    private readonly ParquetColumn _column;
    private readonly bool _equalLengths;
    private readonly GrowingArray<TValue> _values;
    private readonly StrongBox<TValue>? _missing;
    private readonly GrowingArray<int> _lengths = new();
    private int _rowsSkipped;
    private int _firstLength;
    private int _firstRow;

    /// <summary>Starts without a list.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="column">The list column.</param>
    /// <param name="equalLengths">Whether every list must be as long as the first.</param>
    /// <param name="values">Where the values go.</param>
    /// <param name="missing">What stands for a null element; a list that is null or empty is then one without values.</param>
    public ParquetLists(string path, ParquetColumn column, bool equalLengths, GrowingArray<TValue> values, StrongBox<TValue>? missing = null)
    {
        _missing = missing;
        _path = path;
        _column = column;
        _equalLengths = equalLengths;
        _values = values;
    }

    /// <summary>The length of each list so far.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.Items;

    public TValue[] TakeValues() => _values.TakeArray();

    /// <summary>Says which row of the file the next list is, for messages.</summary>
    public void StartAt(int row) => _rowsSkipped = row - _lengths.Count;

    /// <summary>Reads the column of one row group to its end, or until no more is wanted.</summary>
    /// <param name="batches">The column's values.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="goesOn">Called after each batch: whether to read on. Null reads to the end.</param>
    /// <returns>The number of complete lists that were read.</returns>
    public int Append(ParquetBatches<TValue> batches, CancellationToken cancellation, Func<bool>? goesOn = null)
    {
        int before = _lengths.Count;
        int length = -1;
        while (batches.HasNext && batches.Read(_values.Free(ParquetBatches<TValue>.Size), out int valueCount) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_missing is not null)
            {
                valueCount = batches.Spread(_values.Free(ParquetBatches<TValue>.Size), valueCount, _column.ElementDefinition, _missing.Value!);
            }

            _values.Advance(valueCount);
            length = Count(batches.Definitions, batches.Repetitions, length);
            if (goesOn?.Invoke() == false)
            {
                return _lengths.Count - before;
            }
        }

        if (length >= 0)
        {
            Close(length);
        }

        return _lengths.Count - before;
    }

    // Goes through the levels; a list that the batch leaves open is carried on as its length so far, -1 standing for none.
    private int Count(ReadOnlySpan<short> definitions, ReadOnlySpan<short> repetitions, int length)
    {
        int position = 0;
        while (position < repetitions.Length)
        {
            if (repetitions[position] == 0)
            {
                if (length >= 0)
                {
                    Close(length);
                }

                length = 0;
            }
            else if (length < 0)
            {
                throw FormatErrors.Corrupt(_path, "Parquet", $"the column '{_column.Name}' starts in the middle of a list.");
            }

            int next = repetitions[(position + 1)..].IndexOf((short)0);
            int end = next < 0 ? repetitions.Length : position + 1 + next;
            length += Checked(definitions[position..end]);
            position = end;
        }

        return length;
    }

    private int Checked(ReadOnlySpan<short> definitions)
    {
        int missing = definitions.IndexOfAnyExcept(_column.MaxDefinition);
        if (missing < 0)
        {
            return definitions.Length;
        }

        // A list that is null or empty is one level alone: values behind it would belong to no list.
        if (definitions.Length > 1 && definitions.IndexOfAnyInRange(short.MinValue, (short)(_column.ElementDefinition - 1)) >= 0)
        {
            throw FormatErrors.Corrupt(_path, "Parquet", $"the column '{_column.Name}' has a list that is empty and goes on.");
        }

        short level = definitions[missing];
        if (_missing is not null)
        {
            // Only a list of its own level has no elements; a null among elements has its place.
            return level < _column.ElementDefinition ? 0 : definitions.Length;
        }

        if (level == _column.ElementDefinition - 1 && !_equalLengths)
        {
            return 0;
        }

        string what = level >= _column.ElementDefinition ? "a null in its list"
            : level == _column.ElementDefinition - 1 ? "an empty list"
            : "a null instead of a list";
        throw new GnnReRankException(
            "MissingValue", ErrorKind.InvalidData,
            $"'{_path}': row {_rowsSkipped + _lengths.Count} (0-based) of the column '{_column.Name}' has {what}: every value must be there. " +
            "Correct or drop the row; -SkipInvalid drops rows with missing features.");
    }

    private void Close(int length)
    {
        bool isMissing = _missing is not null && length == 0;
        if (_equalLengths && !isMissing)
        {
            RequireLength(length);
        }

        _lengths.Add(length);
    }

    private void RequireLength(int length)
    {
        if (_firstLength == 0)
        {
            (_firstLength, _firstRow) = (length, _rowsSkipped + _lengths.Count);
        }

        if (length != _firstLength)
        {
            throw new GnnReRankException(
                "RaggedFeatures", ErrorKind.InvalidData,
                $"'{_path}': row {_rowsSkipped + _lengths.Count} (0-based) of the column '{_column.Name}' has {length:N0} values and row {_firstRow} has " +
                $"{_firstLength:N0}: every row needs as many as the first.");
        }
    }
}
