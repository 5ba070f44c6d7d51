using GnnReRank.Formats.Columns;
using GnnReRank.Storage;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Features in one column of texts: a row's text is its vector.</summary>
internal sealed class ParquetTextFeatures : IParquetFeatures
{
    private readonly ParquetFile _file;
    private readonly ParquetColumn _column;
    private readonly TextVectors _vectors;

    /// <summary>Starts without a row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column of texts.</param>
    /// <param name="vectors">Where the rows go.</param>
    public ParquetTextFeatures(ParquetFile file, ParquetColumn column, TextVectors vectors)
    {
        _file = file;
        _column = column;
        _vectors = vectors;
    }

    public void Append(RowGroupReader group, ParquetGroupRows rows, CancellationToken cancellation)
    {
        string[] texts = new string[ParquetBatches<string>.Size];
        int seen = 0;
        int kept = 0;
        using ParquetBatches<string> batches = ParquetValues.Texts(group, _column);
        while (batches.HasNext && batches.Read(texts, out int valueCount) is int levels and > 0)
        {
            _ = _column.MaxDefinition > 0 ? batches.Spread(texts, valueCount, least: 0, string.Empty) : levels;
            for (int level = 0; level < levels; level++, seen++)
            {
                cancellation.ThrowIfCancellationRequested();
                int row = rows.FirstRow + seen;
                if (rows.Wanted is not ReadOnlyMemory<int> wanted || (kept < wanted.Length && wanted.Span[kept] == row))
                {
                    _vectors.Add(texts[level], () => $"row {row} (0-based) of the column '{_column.Name}'");
                    kept++;
                }
            }
        }

        _file.RequireRows(seen, rows.RowCount);
    }

    public FeatureStorage TakeStorage() => _vectors.TakeStorage();
}
