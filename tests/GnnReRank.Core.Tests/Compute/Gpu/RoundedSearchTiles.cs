using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Stands in for the tensor cores where there are none: float32 products of rows rounded to few bits.</summary>
internal sealed class RoundedSearchTiles : ISearchTiles
{
    private readonly GpuDevice _device;
    private readonly DeviceFeatures _features;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _rounded;

    public RoundedSearchTiles(GpuDevice device, DeviceFeatures features)
    {
        _device = device;
        _features = features;
        float[] rows = new float[features.Rows.Length];
        Span<float> target = rows;
        features.Rows.CopyToCPU(in target);
        double largest = 0;
        for (int row = 0; row < features.Count; row++)
        {
            double squares = 0;
            foreach (ref float value in rows.AsSpan(row * features.Stride, features.Stride))
            {
                float rounded = (float)(System.Half)(value * 256f) / 256f;
                squares += Math.Pow((double)value - rounded, 2);
                value = rounded;
            }

            largest = Math.Max(largest, Math.Sqrt(squares));
        }

        _rounded = device.Allocate<float>(rows.Length);
        ReadOnlySpan<float> source = rows;
        _rounded.View.BaseView.CopyFromCPU(in source);
        Bound = (float)(1.001 * ((2 * largest) + (largest * largest) + (4 * features.Stride * Math.Pow(2, -24))));
    }

    public string Name => "rounded rows";

    public float Bound { get; }

    public int LaunchCount { get; private set; }

    public void Launch(SearchLists lists, int firstOffset, int offsetCount)
    {
        LaunchCount++;
        TileArguments<float> tiles = lists.TilesOf(_rounded.View.BaseView, _features.Stride, _features.BlockCount);
        tiles.FirstOffset = firstOffset;
        tiles.OffsetCount = offsetCount;
        _device.Launch(SearchKernels.SearchTile, TileMap.GroupCount(_features.BlockCount, offsetCount), TileProduct.Threads, tiles);
    }

    public void Dispose() => _rounded.Dispose();
}
