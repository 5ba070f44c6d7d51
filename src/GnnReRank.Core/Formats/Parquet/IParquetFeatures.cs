using GnnReRank.Storage;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Gathers features, row group by row group, whatever their layout.</summary>
internal interface IParquetFeatures
{
    int RowCount { get; }

    int Dimension { get; }

    /// <summary>Reads one row group.</summary>
    /// <returns>The number of rows it really holds.</returns>
    int Append(RowGroupReader group, CancellationToken cancellation);

    /// <summary>All values; can be called once.</summary>
    FeatureStorage TakeStorage();
}
