using GnnReRank.Compute.Gpu.Hardware;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>
/// What the last call left on the device, for the next call on the same matrices: New-NeighborGraph and then Invoke-GnnReRank bring
/// nothing up twice. It holds no matrix alive.
/// </summary>
internal sealed class ResidentData : IDisposable
{
    private readonly WeakReference<FeatureMatrix?> _query = new(null);
    private readonly WeakReference<FeatureMatrix?> _gallery = new(null);
    private readonly WeakReference<NeighborGraph?> _graph = new(null);
    private DeviceFeatures? _features;
    private DeviceGraph? _deviceGraph;

    /// <summary>The rows on the device: those that are there, or brought up now.</summary>
    public DeviceFeatures FeaturesOf(GpuDevice device, FeatureMatrix? query, FeatureMatrix gallery, ComputeOptions options)
    {
        // The count tells no queries from queries that are gone.
        if (_features is not null && _features.QueryCount == (query?.RowCount ?? 0) && Is(_query, query) && Is(_gallery, gallery))
        {
            return _features;
        }

        Dispose();
        _features = DeviceFeatures.Upload(device, query, gallery, options);
        _query.SetTarget(query);
        _gallery.SetTarget(gallery);
        return _features;
    }

    /// <summary>Keeps a graph made on the device, and gives the copy of it that the caller gets.</summary>
    public NeighborGraph Keep(DeviceGraph graph, FeatureMatrix? query, FeatureMatrix gallery)
    {
        _deviceGraph?.Dispose();
        _deviceGraph = graph;

        // Should the copy fail, no graph may be taken for this one.
        _graph.SetTarget(null);
        NeighborGraph copy = NeighborGraph.Adopt(
            graph.ToIndices(), graph.ToScores(), graph.Count, graph.NeighborCount, query, gallery, source: null);
        _graph.SetTarget(copy);
        return copy;
    }

    /// <summary>A graph on the device: the one that is there, or brought up now.</summary>
    public DeviceGraph GraphOf(GpuDevice device, NeighborGraph graph)
    {
        if (_deviceGraph is not null && Is(_graph, graph))
        {
            return _deviceGraph;
        }

        _deviceGraph?.Dispose();
        _deviceGraph = null;
        _deviceGraph = DeviceGraph.Of(device, graph);
        _graph.SetTarget(graph);
        return _deviceGraph;
    }

    /// <summary>Makes room for a job that needs it: gives back all but one graph.</summary>
    /// <param name="kept">The graph to keep if it is there; null for none.</param>
    public void MakeRoom(NeighborGraph? kept)
    {
        _features?.Dispose();
        _features = null;
        KeepOnly(kept);
    }

    /// <summary>Gives back a graph that the plan of a job does not count.</summary>
    /// <param name="kept">The graph to keep if it is there; null for none.</param>
    public void KeepOnly(NeighborGraph? kept)
    {
        if (kept is null || !Is(_graph, kept))
        {
            _deviceGraph?.Dispose();
            _deviceGraph = null;
        }
    }

    /// <summary>Gives the device's memory back.</summary>
    public void Dispose()
    {
        _deviceGraph?.Dispose();
        _features?.Dispose();
        _deviceGraph = null;
        _features = null;
    }

    private static bool Is<T>(WeakReference<T?> reference, T? value)
        where T : class => reference.TryGetTarget(out T? target) ? ReferenceEquals(target, value) : value is null;
}
