using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Gathers a column with one value a row, row group by row group.</summary>
internal interface IParquetScalar
{
    /// <summary>Reads one row group, which must hold exactly so many rows.</summary>
    void Append(RowGroupReader group, int rowCount, CancellationToken cancellation);
}
