using GnnReRank.Formats.Columns;
using GnnReRank.Storage;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Features in one list column: a row's list is its features.</summary>
internal sealed class ParquetListFeatures<T> : IParquetFeatures
    where T : unmanaged
{
    private readonly ParquetColumn _column;
    private readonly Func<RowGroupReader, ParquetColumn, ParquetBatches<T>> _open;
    private readonly ParquetLists<T> _lists;

    /// <summary>Starts without a row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The list column.</param>
    /// <param name="open">Opens the column of a row group as the type that is kept.</param>
    public ParquetListFeatures(ParquetFile file, ParquetColumn column, Func<RowGroupReader, ParquetColumn, ParquetBatches<T>> open)
    {
        _column = column;
        _open = open;
        _lists = new ParquetLists<T>(
            file.Path, column, equalLengths: true, new GrowingArray<T>(file.ClaimedValueCount(column), file.Length));
    }

    public int RowCount => _lists.Lengths.Length;

    public int Dimension => _lists.Lengths.IsEmpty ? 0 : _lists.Lengths[0];

    public int Append(RowGroupReader group, CancellationToken cancellation)
    {
        using ParquetBatches<T> batches = _open(group, _column);
        return _lists.Append(batches, cancellation);
    }

    public FeatureStorage TakeStorage()
    {
        (int rows, int dimension) = (RowCount, Dimension);
        return new ArrayStorage<T>(_lists.TakeValues(), rows, dimension);
    }
}
