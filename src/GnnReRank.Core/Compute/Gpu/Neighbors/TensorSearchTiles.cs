using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>Tiles on CUDA's tensor cores, in float16 with float32 sums: candidates, within a proven bound of the float32 kernel's scores.</summary>
internal sealed class TensorSearchTiles : ISearchTiles
{
    private const float RoundingUnit = 1f / (1 << 24);

    private readonly GpuDevice _device;
    private readonly DeviceFeatures _features;
    private readonly Rents _rents;
    private readonly MemoryBuffer1D<ushort, Stride1D.Dense> _halves;

    /// <summary>Rounds the rows of a device whose tensor cores passed their check, or are about to take it.</summary>
    public TensorSearchTiles(GpuDevice device, DeviceFeatures features)
    {
        _device = device;
        _features = features;
        _rents = new Rents(device);
        _halves = _rents.Allocate<ushort>((long)features.BlockCount * TileProduct.Size * features.Stride);
        _rents.Do(() => Bound = Round());
    }

    public string Name => "tensor cores, float16 and then float32";

    public float Bound { get; private set; }

    public void Launch(SearchLists lists, int firstOffset, int offsetCount)
    {
        TileArguments<ushort> tiles = lists.TilesOf(_halves.View.BaseView, _features.Stride, _features.BlockCount);
        TensorTileArguments arguments = new()
        {
            Rows = _halves.NativePtr,
            Thresholds = tiles.Thresholds,
            Counts = tiles.Counts,
            Queue = tiles.Queue,
            Count = tiles.Count,
            Stride = tiles.Stride,
            Capacity = tiles.Capacity,
            BlockCount = tiles.BlockCount,
            FirstOffset = firstOffset,
            OffsetCount = offsetCount,
        };
        _device.Launch(
            TensorTileKernel.Run, TensorTileKernel.GroupCount(tiles.BlockCount, offsetCount), TensorTileKernel.GroupSize, arguments);
    }

    public void Dispose() => _rents.Dispose();

    /// <summary>Rounds the rows, and bounds what that and the sums can change.</summary>
    private float Round()
    {
        int rows = _features.BlockCount * TileProduct.Size;
        using MemoryBuffer1D<float, Stride1D.Dense> residuals = _device.Allocate<float>(rows);
        _device.Launch(HalfKernels.Convert, rows, HalfKernels.GroupSize, new HalfArguments
        {
            Rows = _features.Rows,
            Halves = _halves.View.BaseView,
            Residuals = residuals.View.BaseView,
            Count = _features.Count,
            Dimension = _features.Dimension,
            Stride = _features.Stride,
            HalfStride = _features.Stride,
        });
        float largest = residuals.GetAsArray1D().Max();

        // The float32 kernel's own sums err too: a chain of d additions, and a product where it is not fused.
        double chain = 1.001 * (_features.Dimension + 1) * RoundingUnit;
        return MathF.BitIncrement((float)(HalfBound.OfScore(largest, largest, _features.Dimension) + chain));
    }
}
