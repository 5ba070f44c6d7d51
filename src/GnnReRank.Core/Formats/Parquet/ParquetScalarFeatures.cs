using GnnReRank.Formats.Columns;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Features in one column a dimension.</summary>
internal sealed class ParquetScalarFeatures : IParquetFeatures
{
    private readonly GrowingArray<float> _values;
    private readonly ParquetScalar<float>[] _columns;

    public ParquetScalarFeatures(ParquetFile file, ParquetColumn[] columns)
    {
        long expected = (long)Int128.Min((Int128)file.ClaimedRowCount * columns.Length, long.MaxValue);
        _values = new GrowingArray<float>(expected, file.Length);
        _columns = Array.ConvertAll(
            columns, column => new ParquetScalar<float>(file, column, (group, _) => ParquetValues.Floats(group, column)));
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
        Span<float> target = _values.Reserve(size);
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

    public float[] TakeValues() => _values.TakeArray();

    private void Scatter(ReadOnlySpan<float> column, Span<float> target)
    {
        for (int row = 0; row < column.Length; row++)
        {
            target[row * Dimension] = column[row];
        }
    }
}
