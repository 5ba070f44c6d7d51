using System.Runtime.CompilerServices;
using GnnReRank.Formats.Columns;
using GnnReRank.Storage;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Features in one list column: a row's list is its features.</summary>
internal sealed class ParquetListFeatures<T> : IParquetFeatures
    where T : unmanaged
{
    private readonly ParquetFile _file;
    private readonly ParquetColumn _column;
    private readonly Func<RowGroupReader, ParquetColumn, ParquetBatches<T>> _open;
    private readonly FeatureRows<T> _rows;
    private readonly GrowingArray<T> _pending = new();
    private readonly ParquetLists<T> _lists;

    /// <summary>Starts without a row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The list column.</param>
    /// <param name="rows">Where the rows go.</param>
    /// <param name="open">Opens the column of a row group as the type that is kept.</param>
    /// <param name="takesMissing">Whether nulls are read as NaN, and null or empty lists as rows of it.</param>
    public ParquetListFeatures(
        ParquetFile file, ParquetColumn column, FeatureRows<T> rows, Func<RowGroupReader, ParquetColumn, ParquetBatches<T>> open, bool takesMissing)
    {
        _file = file;
        _column = column;
        _open = open;
        _rows = rows;
        _lists = new ParquetLists<T>(file.Path, column, equalLengths: true, _pending, takesMissing ? new StrongBox<T>(Missing.Value<T>()) : null);
    }

    public void Append(RowGroupReader group, ParquetGroupRows rows, CancellationToken cancellation)
    {
        _pending.Clear();
        _ = _pending.Reserve(ParquetBatches<T>.Size);
        _lists.StartAt(rows.FirstRow);
        int before = _lists.Lengths.Length;
        int seen = 0;
        int kept = 0;
        bool KeepComplete()
        {
            Keep(_lists.Lengths[before..], rows, ref seen, ref kept);
            _ = _pending.Reserve(ParquetBatches<T>.Size);
            return rows.Wanted is null || kept < rows.WantedCount;
        }

        using ParquetBatches<T> batches = _open(group, _column);
        int read = _lists.Append(batches, cancellation, KeepComplete);
        if (KeepComplete())
        {
            _file.RequireRows(read, rows.RowCount);
        }
    }

    public FeatureStorage TakeStorage() => _rows.TakeStorage();

    // Takes the complete lists, those that are wanted into the rows, and leaves the beginning of the next.
    private void Keep(ReadOnlySpan<int> lengths, ParquetGroupRows rows, ref int seen, ref int kept)
    {
        int taken = 0;
        for (; seen < lengths.Length; seen++)
        {
            int length = lengths[seen];
            bool isWanted = rows.Wanted is not ReadOnlyMemory<int> wanted
                || (kept < wanted.Length && wanted.Span[kept] == rows.FirstRow + seen);
            if (isWanted && length > 0)
            {
                _rows.Add(_pending.Items.Slice(taken, length));
            }
            else if (isWanted)
            {
                _rows.AddMissing();
            }

            kept += isWanted ? 1 : 0;
            taken += length;
        }

        _pending.DropFirst(taken);
    }
}
