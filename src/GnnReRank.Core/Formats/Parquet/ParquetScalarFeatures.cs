using GnnReRank.Formats.Columns;
using GnnReRank.Storage;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Features in one column a dimension.</summary>
internal sealed class ParquetScalarFeatures<T> : IParquetFeatures
    where T : unmanaged
{
    private readonly GrowingArray<T> _values;
    private readonly ParquetScalar<T>[] _columns;

    /// <summary>Starts without a row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">A column a dimension, in their order.</param>
    /// <param name="open">Opens a column of a row group as the type that is kept.</param>
    public ParquetScalarFeatures(
        ParquetFile file, ParquetColumn[] columns, Func<RowGroupReader, ParquetColumn, ParquetBatches<T>> open)
    {
        long expected = (long)Int128.Min((Int128)file.ClaimedRowCount * columns.Length, long.MaxValue);
        _values = new GrowingArray<T>(expected, file.Length);
        _columns = Array.ConvertAll(
            columns, column => new ParquetScalar<T>(file, column, (group, _) => open(group, column)));
    }

    public int RowCount { get; private set; }

    public int Dimension => _columns.Length;

    public int Append(RowGroupReader group, CancellationToken cancellation)
    {
        int rows = _columns[0].AppendAll(group, cancellation);
        if (rows == 0)
        {
            return 0;
        }

        int size = FeatureMatrixChecks.ElementCount(rows, Dimension);
        Span<T> target = _values.Reserve(size);
        for (int dimension = 0; dimension < Dimension; dimension++)
        {
            if (dimension > 0)
            {
                _columns[dimension].Append(group, rows, cancellation);
            }

            Scatter(_columns[dimension].Values, target[dimension..]);
            _columns[dimension].Discard();
        }

        _values.Advance(size);
        RowCount += rows;
        return rows;
    }

    public FeatureStorage TakeStorage() => new ArrayStorage<T>(_values.TakeArray(), RowCount, Dimension);

    private void Scatter(ReadOnlySpan<T> column, Span<T> target)
    {
        for (int row = 0; row < column.Length; row++)
        {
            target[row * Dimension] = column[row];
        }
    }
}
