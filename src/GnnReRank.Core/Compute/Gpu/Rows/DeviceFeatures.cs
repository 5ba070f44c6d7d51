using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>The rows of query and gallery on the device: normalised, and padded with zeros to whole tiles.</summary>
internal sealed class DeviceFeatures : IFeatureRows, IDisposable
{
    // The columns that a step of the tensor cores' kernel takes.
    private const int StrideUnit = 32;

    private readonly MemoryBuffer1D<float, Stride1D.Dense> _rows;

    private DeviceFeatures(GpuDevice device, FeatureMatrix? query, FeatureMatrix gallery)
    {
        QueryCount = query?.RowCount ?? 0;
        GalleryCount = gallery.RowCount;
        Dimension = gallery.Dimension;
        Stride = StrideOf(gallery.Dimension);
        _rows = device.AllocateZeros<float>(LengthFor(Count, gallery.Dimension));
    }

    public int QueryCount { get; }

    public int GalleryCount { get; }

    public int Count => QueryCount + GalleryCount;

    /// <summary>Values a row, without padding.</summary>
    public int Dimension { get; }

    /// <summary>Values from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Blocks of rows that one tile is wide.</summary>
    public int BlockCount => (Count + TileProduct.Size - 1) / TileProduct.Size;

    /// <summary>All rows, and a block of zeros behind them.</summary>
    public ArrayView<float> Rows => _rows.View.BaseView;

    /// <summary>The bytes that so many rows take.</summary>
    public static long BytesFor(long count, int dimension) => LengthFor(count, dimension) * sizeof(float);

    /// <summary>Brings the rows up and normalises them there.</summary>
    /// <exception cref="GnnReRankException">The device has no room for them.</exception>
    public static DeviceFeatures Upload(GpuDevice device, FeatureMatrix? query, FeatureMatrix gallery, ComputeOptions options)
    {
        DeviceFeatures features = new(device, query, gallery);
        try
        {
            StageReporter reporter = new(StageNames.Upload, features.Count, StageUnits.Rows, options);
            using RowUploader uploader = new(
                device, query, gallery, features.Stride, features.Count, options.ThreadCount);
            uploader.Begin(0, features.Count, features.Rows);
            for (int rows = uploader.Step(); rows > 0; rows = uploader.Step())
            {
                reporter.Advance(rows);
            }

            uploader.Finish();
            reporter.Complete(FormattableString.Invariant($"{features.Count:N0} rows x {gallery.Dimension:N0} to {device.Name}"));
            return features;
        }
        catch
        {
            features.Dispose();
            throw;
        }
    }

    public void WriteCosines(GpuDevice device, int firstQuery, int count, ArrayView<float> cosines) =>
        GpuProduct.Of(device, From(firstQuery), From(QueryCount), cosines, count, GalleryCount, Stride);

    /// <summary>The rows from one on.</summary>
    public ArrayView<float> From(int row) => Rows.SubView((long)row * Stride, Rows.Length - ((long)row * Stride));

    public void Dispose() => _rows.Dispose();

    /// <summary>Values from one row to the next on the device.</summary>
    public static int StrideOf(int dimension) => (dimension + StrideUnit - 1) / StrideUnit * StrideUnit;

    private static long LengthFor(long count, int dimension) =>
        ((count + TileProduct.Size - 1) / TileProduct.Size + 1) * TileProduct.Size * StrideOf(dimension);
}
