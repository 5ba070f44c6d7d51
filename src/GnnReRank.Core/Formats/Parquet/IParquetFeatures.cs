using GnnReRank.Storage;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Gathers features, row group by row group, whatever their layout.</summary>
internal interface IParquetFeatures
{
    /// <summary>Reads the rows that are wanted of one row group, at least one.</summary>
    /// <exception cref="GnnReRankException">The group does not hold the rows it claims.</exception>
    void Append(RowGroupReader group, ParquetGroupRows rows, CancellationToken cancellation);

    /// <summary>All values; can be called once.</summary>
    FeatureStorage TakeStorage();
}
