using GnnReRank.Formats.Parquet;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>The values of one column of a row group in turn, in the memory of one batch: columns keep step though their pages do not.</summary>
internal sealed class ParquetCursor<T> : IDisposable
{
    private readonly RunSource _source;
    private readonly ParquetColumn _column;
    private readonly ParquetBatches<T> _batches;
    private readonly T[] _values = new T[ParquetBatches<T>.Size];
    private readonly long _firstRow;
    private long _read;
    private int _count;
    private int _next;

    /// <param name="source">The run.</param>
    /// <param name="column">The column.</param>
    /// <param name="batches">Its values in the row group; disposed of here.</param>
    /// <param name="firstRow">The file's row that the first of them is, for messages.</param>
    public ParquetCursor(RunSource source, ParquetColumn column, ParquetBatches<T> batches, long firstRow)
    {
        _source = source;
        _column = column;
        _batches = batches;
        _firstRow = firstRow;
    }

    /// <summary>The row of the file that a value of the batch being read is.</summary>
    public long RowOf(int position) => _firstRow + _read + position;

    public T Current => _values[_next - 1];

    /// <exception cref="GnnReRankException">A value is null.</exception>
    public bool MoveNext()
    {
        while (_next == _count)
        {
            if (!_batches.HasNext || _batches.Read(_values, out int count) == 0)
            {
                return false;
            }

            int missing = _batches.Definitions.IndexOfAnyExcept(_column.MaxDefinition);
            if (missing >= 0)
            {
                throw _source.Error(
                    "MissingValue", RowOf(missing), $"of the column '{_column.Name}' is null: every entry needs a value. Drop the row, or the column.");
            }

            _count = count;
            _next = 0;
            _read += count;
        }

        _next++;
        return true;
    }

    public void Dispose() => _batches.Dispose();
}
