using GnnReRank.Formats.Columns;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Features in one list column: a row's list is its features.</summary>
internal sealed class ParquetListFeatures : IParquetFeatures
{
    private readonly ParquetColumn _column;
    private readonly ParquetLists<float> _lists;

    public ParquetListFeatures(ParquetFile file, ParquetColumn column)
    {
        _column = column;
        _lists = new ParquetLists<float>(
            file.Path, column, equalLengths: true, new GrowingArray<float>(file.ClaimedValueCount(column), file.Length));
    }

    public int RowCount => _lists.Lengths.Length;

    public int Dimension => _lists.Lengths.IsEmpty ? 0 : _lists.Lengths[0];

    public int Append(RowGroupReader group, CancellationToken cancellation)
    {
        using ParquetBatches<float> batches = ParquetValues.Floats(group, _column);
        return _lists.Append(batches, cancellation);
    }

    public float[] TakeValues() => _lists.TakeValues();
}
