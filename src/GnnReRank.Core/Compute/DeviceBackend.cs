using GnnReRank.Compute.Devices;

namespace GnnReRank.Compute;

/// <summary>Hands each job on to the backend of a device.</summary>
internal abstract class DeviceBackend : IComputeBackend
{
    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options) =>
        Run(
            DeviceJob.Search(query, gallery, neighborCount), options,
            backend => backend.FindNeighbors(query, gallery, neighborCount, options));

    public Ranking RankByCosine(FeatureMatrix query, FeatureMatrix gallery, int depth, ComputeOptions options) =>
        Run(
            DeviceJob.Rank(query, gallery, depth, passesMessages: false), options,
            backend => backend.RankByCosine(query, gallery, depth, options));

    public Ranking ReRankByGnn(NeighborGraph graph, GnnReRankSettings settings, int depth, ComputeOptions options) =>
        Run(
            DeviceJob.Rank(graph.Query!, graph.Gallery!, depth, passesMessages: true), options,
            backend => backend.ReRankByGnn(graph, settings, depth, options));

    public Ranking ReRankByGnn(
        FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, ComputeOptions options) =>
        Run(
            DeviceJob.ReRank(query, gallery, settings.K1, depth), options,
            backend => backend.ReRankByGnn(query, gallery, settings, depth, options));

    /// <summary>Runs a job somewhere.</summary>
    /// <param name="job">About how much it asks for.</param>
    /// <param name="options">How the call runs.</param>
    /// <param name="work">The job itself; it may be run again on another backend where one fails.</param>
    protected abstract T Run<T>(DeviceJob job, ComputeOptions options, Func<IComputeBackend, T> work);

    protected static void Say(ComputeOptions options, string what) => options.Log?.Invoke($"Device: {what}");

    protected static string Describe(ReRankDevice device) => $"{device}, {MemoryBudget.Gigabytes(device.MemoryBytes)} GB";
}
