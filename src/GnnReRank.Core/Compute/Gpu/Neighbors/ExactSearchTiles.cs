using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Rows;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>Tiles in float32, on any device.</summary>
/// <param name="device">The device.</param>
/// <param name="features">The rows, which the caller keeps.</param>
internal sealed class ExactSearchTiles(GpuDevice device, DeviceFeatures features) : ISearchTiles
{
    public string Name => "float32";

    public float Bound => 0;

    /// <summary>Starts tiles of some offsets.</summary>
    public static void Start(GpuDevice device, TileArguments<float> tiles, int firstOffset, int offsetCount)
    {
        tiles.FirstOffset = firstOffset;
        tiles.OffsetCount = offsetCount;
        device.Launch(SearchKernels.SearchTile, TileMap.GroupCount(tiles.BlockCount, offsetCount), TileProduct.Threads, tiles);
    }

    public void Launch(SearchLists lists, int firstOffset, int offsetCount) =>
        Start(device, lists.TilesOf(features.Rows, features.Stride, features.BlockCount), firstOffset, offsetCount);

    public void Dispose()
    {
    }
}
