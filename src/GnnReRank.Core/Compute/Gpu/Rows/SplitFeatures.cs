using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Products;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>Rows on the device whose cosines come from its tensor cores, with the accuracy of float32.</summary>
internal sealed class SplitFeatures : IFeatureRows, IDisposable
{
    private readonly DeviceFeatures _features;
    private readonly Rents _rents;
    private readonly MemoryBuffer1D<uint, Stride1D.Dense> _parts;

    /// <summary>
    /// Splits the rows of a device whose tensor cores passed <see cref="SplitCheck"/>, or are about to.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="features">The rows, which the caller keeps.</param>
    /// <exception cref="GnnReRankException">The device has no room.</exception>
    public SplitFeatures(GpuDevice device, DeviceFeatures features)
    {
        _features = features;
        ArrayView<float> rows = features.Rows;
        long pairs = rows.Length / 2;
        int groups = checked((int)((pairs + SplitKernels.GroupSize - 1) / SplitKernels.GroupSize));
        _rents = new Rents(device);
        _parts = _rents.Allocate<uint>(rows.Length);
        SplitArguments arguments = new() { Rows = rows, Parts = _parts.View.BaseView, PairCount = pairs };
        _rents.Do(() => device.Launch(SplitKernels.Split, groups, SplitKernels.GroupSize, arguments));
    }

    public int QueryCount => _features.QueryCount;

    public int GalleryCount => _features.GalleryCount;

    /// <summary>The bytes of so many rows beside those of <see cref="DeviceFeatures"/>.</summary>
    public static long BytesFor(long count, int dimension) => DeviceFeatures.BytesFor(count, dimension);

    public void WriteCosines(GpuDevice device, int firstQuery, int count, ArrayView<float> cosines) =>
        device.Launch(
            TensorProductKernel.Run, TensorProductKernel.GroupCount(count, GalleryCount), TensorProductKernel.GroupSize,
            new TensorProductArguments
            {
                Rows = AddressOf(firstQuery),
                Columns = AddressOf(QueryCount),
                Products = cosines,
                RowCount = count,
                ColumnCount = GalleryCount,
                Stride = _features.Stride,
                ProductStride = GalleryCount,
            });

    public void Dispose() => _rents.Dispose();

    // A value has as many bytes in parts as it had.
    private long AddressOf(int row) => _parts.NativePtr + ((long)row * _features.Stride * sizeof(float));
}
