using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Running;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>
/// Nearest neighbours on the device. Tiles of S are multiplied in rounds; a value above its row's threshold joins the row's queue,
/// and after a round the queues are merged into the lists of the best, which raises the thresholds. Nothing n x n is held.
/// </summary>
internal sealed class GpuNeighborStage
{
    private readonly GpuDevice _device;
    private readonly DeviceFeatures _features;
    private readonly DeviceGraph _graph;
    private readonly ComputeOptions _options;

    public GpuNeighborStage(GpuDevice device, DeviceFeatures features, DeviceGraph graph, ComputeOptions options)
    {
        _device = device;
        _features = features;
        _graph = graph;
        _options = options;
    }

    private long TileCount => (long)_features.BlockCount * (_features.BlockCount + 1) / 2;

    private bool FitsLists => _graph.NeighborCount - 1 <= SearchListSizes.MostWanted;

    /// <summary>Runs the stage.</summary>
    /// <param name="device">The device, whose gate the caller holds.</param>
    /// <param name="features">The rows.</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included.</param>
    /// <param name="usesTensorCores">Whether tensor cores may take part.</param>
    /// <param name="options">How the call runs.</param>
    public static DeviceGraph Run(GpuDevice device, DeviceFeatures features, int neighborCount, bool usesTensorCores, ComputeOptions options)
    {
        DeviceGraph graph = new(device, features.Count, neighborCount);
        try
        {
            GpuNeighborStage stage = new(device, features, graph, options);
            using ISearchTiles? coarse = usesTensorCores && stage.FitsLists ? new TensorSearchTiles(device, features) : null;
            if (coarse is null || !stage.TrySearch(coarse))
            {
                using ExactSearchTiles exact = new(device, features);
                stage.TrySearch(exact);
            }

            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Fills the graph; false where too many rows have more near ties than these tiles can tell apart.</summary>
    public bool TrySearch(ISearchTiles tiles)
    {
        StageReporter reporter = new(StageNames.Neighbors, TileCount, StageUnits.Tiles, _options);
        string method = tiles.Name;
        if (!FitsLists)
        {
            new RankedRows(_device, _features, _graph).WriteAll(reporter, _options);
            method += ", whole rows ranked";
        }
        else if (!TryFill(tiles, reporter))
        {
            return false;
        }

        _device.Synchronize();
        reporter.Complete(FormattableString.Invariant(
            $"{_features.Count:N0} vertices x {_features.Dimension:N0}, {_graph.NeighborCount:N0} neighbours each, {method}, {_device.Name}"));
        return true;
    }

    private bool TryFill(ISearchTiles tiles, StageReporter reporter)
    {
        bool isExact = tiles.Bound == 0 || _options.Precision == ComputePrecision.Fast;
        using SearchLists lists = new(
            _device, _features.Count, Math.Max(1, _graph.NeighborCount - 1), isExact ? 0 : 2 * tiles.Bound);
        new TileRounds(_device, lists, reporter, _options).MakeSymmetric(
            _features.BlockCount, (first, count) => tiles.Launch(lists, first, count));
        int[] givenUp = isExact ? [] : lists.GivenUp();

        // Each costs a row of S.
        int most = Math.Max(16, _features.Count / 100);
        if (givenUp.Length > most)
        {
            _options.Log?.Invoke(
                $"{StageNames.Neighbors}: {givenUp.Length:N0} rows have too many near ties for {tiles.Name}; all pairs are multiplied in float32.");
            return false;
        }

        ListArguments writing = lists.ListsOf(_graph, _features.Stride);
        if (isExact)
        {
            lists.WriteSelf(writing, _features.Rows, 0, _features.Count);
        }
        else
        {
            lists.ScoreAgain(writing, _features.Rows);
        }

        lists.WriteNeighbors(writing);
        if (givenUp.Length > 0)
        {
            new RankedRows(_device, _features, _graph).Write(givenUp, reporter: null, _options);
        }

        return true;
    }
}
