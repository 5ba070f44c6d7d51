using GnnReRank.Compute.Gpu.Kernels;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>
/// Nearest neighbours on the device. Tiles of S are multiplied in rounds; a value above its row's threshold joins the row's queue,
/// and after a round the queues are merged into the lists of the best, which raises the thresholds. Nothing n x n is held.
/// </summary>
internal sealed class GpuNeighborStage
{
    // A round so many times wider than all before it brings each row about this many times what is wanted.
    private const int MostGrowth = 8;

    // Tiles of one launch: between launches the call can be stopped.
    private const int TilesPerLaunch = 1 << 13;

    private const int GraphThreads = 128;

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
        MakeTiles(lists, tiles, SearchKernels.SearchTile, reporter);
        WriteGraph(lists, graph);
    }

    /// <summary>Makes all tiles, in rounds of more and more offsets; a round that was too wide is made again in halves.</summary>
    private void MakeTiles<T>(SearchLists lists, TileArguments<T> tiles, Action<TileArguments<T>> kernel, StageReporter reporter)
        where T : unmanaged
    {
        int last = TileMap.LastOffset(tiles.BlockCount);
        int growth = Math.Clamp(lists.Sizes.Capacity / (2 * lists.Sizes.ListLength), 1, MostGrowth);
        int width = 1;
        for (int offset = 0; offset <= last;)
        {
            width = Math.Min(width, last + 1 - offset);
            Launch(tiles, kernel, offset, width);
            if (!lists.TryMerge())
            {
                width = (width + 1) / 2;
                continue;
            }

            offset += width;
            reporter.Advance(Math.Min((long)width * tiles.BlockCount, TileCount));
            width = offset * growth;
        }
    }

    private void Launch<T>(TileArguments<T> tiles, Action<TileArguments<T>> kernel, int firstOffset, int offsetCount)
        where T : unmanaged
    {
        int step = Math.Max(1, TilesPerLaunch / tiles.BlockCount);
        for (int offset = firstOffset; offset < firstOffset + offsetCount; offset += step)
        {
            tiles.FirstOffset = offset;
            tiles.OffsetCount = Math.Min(step, firstOffset + offsetCount - offset);
            _device.Launch(kernel, TileMap.GroupCount(tiles.BlockCount, tiles.OffsetCount), TileProduct.Threads, tiles);
            if (offset + step < firstOffset + offsetCount)
            {
                _device.Synchronize();
                _options.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private void WriteGraph(SearchLists lists, DeviceGraph graph) =>
        _device.Launch(ListKernels.WriteGraph, _features.Count, GraphThreads, ListsOf(lists, graph));

    private ListArguments ListsOf(SearchLists lists, DeviceGraph graph) => new()
    {
        Rows = _features.Rows,
        Lists = lists.Lists,
        Indices = graph.Indices,
        Scores = graph.Scores,
        Stride = _features.Stride,
        ListLength = lists.Sizes.ListLength,
        NeighborCount = _neighborCount,
    };
}
