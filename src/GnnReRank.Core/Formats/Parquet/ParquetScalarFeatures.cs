using System.Runtime.CompilerServices;
using GnnReRank.Formats.Columns;
using GnnReRank.Storage;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Features in one column a dimension; columns that are not wanted are not read.</summary>
internal sealed class ParquetScalarFeatures<T> : IParquetFeatures
    where T : unmanaged
{
    private readonly ParquetFile _file;
    private readonly FeatureRows<T> _rows;
    private readonly ParquetScalar<T>[] _columns;

    /// <summary>Starts without a row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">A column a dimension that is kept, in their order.</param>
    /// <param name="rows">Where the rows go.</param>
    /// <param name="open">Opens a column of a row group as the type that is kept.</param>
    /// <param name="takesMissing">Whether nulls are read as NaN.</param>
    public ParquetScalarFeatures(
        ParquetFile file, ParquetColumn[] columns, FeatureRows<T> rows, Func<RowGroupReader, ParquetColumn, ParquetBatches<T>> open, bool takesMissing)
    {
        _file = file;
        _rows = rows;
        _rows.Start(columns.Length);

        // One after the other they fill and leave the same room: with one each, a row group of them all would be held twice.
        GrowingArray<T> room = new();
        StrongBox<T>? missing = takesMissing ? new(Missing.Value<T>()) : null;
        _columns = Array.ConvertAll(
            columns, column => new ParquetScalar<T>(file, column, (group, _) => open(group, column), room, missing));
    }

    public void Append(RowGroupReader group, ParquetGroupRows rows, CancellationToken cancellation)
    {
        Span<T> target = [];
        for (int dimension = 0; dimension < _columns.Length; dimension++)
        {
            ParquetScalar<T> column = _columns[dimension];
            column.StartAt(rows.FirstRow);
            if (dimension == 0)
            {
                _file.RequireRows(column.AppendAll(group, cancellation), rows.RowCount);
                target = _rows.Reserve(rows.WantedCount);
            }
            else
            {
                column.Append(group, rows.RowCount, cancellation);
            }

            Scatter(column.Values, rows, target[dimension..]);
            column.Discard();
        }

        _rows.Advance(rows.WantedCount);
    }

    public FeatureStorage TakeStorage() => _rows.TakeStorage();

    private void Scatter(ReadOnlySpan<T> column, ParquetGroupRows rows, Span<T> target)
    {
        int width = _columns.Length;
        if (rows.Wanted is not ReadOnlyMemory<int> wanted)
        {
            for (int row = 0; row < column.Length; row++)
            {
                target[row * width] = column[row];
            }

            return;
        }

        ReadOnlySpan<int> wantedRows = wanted.Span;
        for (int place = 0; place < wantedRows.Length; place++)
        {
            target[place * width] = column[wantedRows[place] - rows.FirstRow];
        }
    }
}
