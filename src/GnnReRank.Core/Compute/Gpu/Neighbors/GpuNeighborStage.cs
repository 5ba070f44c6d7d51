using GnnReRank.Compute.Gpu.Kernels;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>
/// Nearest neighbours on the device. Tiles of S are multiplied in rounds; a value above its row's threshold joins the row's queue,
/// and after a round the queues are merged into the lists of the best, which raises the thresholds. Nothing n x n is held.
/// </summary>
internal sealed class GpuNeighborStage
{
    private readonly GpuDevice _device;
    private readonly DeviceFeatures _features;
    private readonly int _neighborCount;
    private readonly ComputeOptions _options;

    private GpuNeighborStage(GpuDevice device, DeviceFeatures features, int neighborCount, ComputeOptions options)
    {
        _device = device;
        _features = features;
        _neighborCount = neighborCount;
        _options = options;
    }

    /// <summary>Runs the stage.</summary>
    /// <param name="device">The device, whose gate the caller holds.</param>
    /// <param name="features">The rows.</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included.</param>
    /// <param name="options">How the call runs.</param>
    public static DeviceGraph Run(GpuDevice device, DeviceFeatures features, int neighborCount, ComputeOptions options)
    {
        GpuNeighborStage stage = new(device, features, neighborCount, options);
        DeviceGraph graph = new(device, features.Count, neighborCount);
        try
        {
            stage.Fill(graph);
            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private void Fill(DeviceGraph graph)
    {
        StageReporter reporter = new(StageNames.Neighbors, TileCount, _options);
        string method = "float32";
        if (_neighborCount - 1 > SearchListSizes.MostWanted)
        {
            new RankedRows(_device, _features, graph).WriteAll(reporter, _options);
            method = "float32, whole rows ranked";
        }
        else
        {
            SearchExactly(graph, reporter);
        }

        _device.Synchronize();
        reporter.Complete(FormattableString.Invariant(
            $"{_features.Count:N0} vertices x {_features.Stride:N0}, {_neighborCount:N0} neighbours each, {method}, {_device.Name}"));
    }

    private long TileCount => (long)_features.BlockCount * (_features.BlockCount + 1) / 2;

    private void SearchExactly(DeviceGraph graph, StageReporter reporter)
    {
        using SearchLists lists = new(_device, _features.Count, Math.Max(1, _neighborCount - 1), margin: 0);
        TileArguments<float> tiles = lists.TilesOf(_features.Rows, _features.Stride, _features.BlockCount);
        new TileRounds(_device, lists, reporter, _options).MakeSymmetric(tiles, SearchKernels.SearchTile);
        ListArguments writing = lists.ListsOf(graph, _features.Stride);
        lists.WriteSelf(writing, _features.Rows, 0, _features.Count);
        lists.WriteNeighbors(writing);
    }
}
