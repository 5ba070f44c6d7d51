using GnnReRank.Formats.Parquet;
using GnnReRank.Formats.Rankings.Runs;
using ParquetSharp;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>The rows that a column of ids names, numbers or texts, one after the other.</summary>
internal sealed class ParquetIds : IDisposable
{
    private readonly VertexIds _ids;
    private readonly ParquetCursor<long>? _numbers;
    private readonly ParquetCursor<string>? _texts;
    private long _row;

    /// <exception cref="GnnReRankException">The column holds something else.</exception>
    public ParquetIds(ParquetFile file, RowGroupReader group, int column, VertexIds ids, long firstRow)
    {
        _ids = ids;
        _row = firstRow - 1;
        RunSource source = new(file.Path, "row (0-based)");
        ParquetColumn found = file.Columns[column];
        if (found.Element == ParquetElement.Text)
        {
            _texts = new(source, found, ParquetValues.Texts(group, found), firstRow);
            return;
        }

        ParquetBatches<long> batches = ParquetValues.Integers(group, found, (position, text) => source.Error(
            "BadField", _numbers?.RowOf(position) ?? firstRow,
            $"has {text} in the column '{found.Name}', and a whole number is expected."));
        _numbers = new(source, found, batches, firstRow);
    }

    /// <summary>The row that the id stands for.</summary>
    public int Current => _texts is null ? _ids.Find(_numbers!.Current, _row) : _ids.Find(_texts.Current, _row);

    /// <exception cref="GnnReRankException">An id is missing, or no id.</exception>
    public bool MoveNext()
    {
        _row++;
        return _texts?.MoveNext() ?? _numbers!.MoveNext();
    }

    public void Dispose()
    {
        _numbers?.Dispose();
        _texts?.Dispose();
    }
}
