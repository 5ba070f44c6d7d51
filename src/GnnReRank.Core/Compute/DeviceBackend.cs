using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute;

/// <summary>Hands each job on to the backend of a device.</summary>
internal abstract class DeviceBackend : IComputeBackend
{
    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options) =>
        Run(
            DeviceJob.Search(query, gallery, neighborCount), options,
            backend => backend.FindNeighbors(query, gallery, neighborCount, options));

    public Ranking Rank(RankingJob job, ComputeOptions options) =>
        Run(DeviceJob.Of(job), options, backend => backend.Rank(job, options));

    /// <summary>Runs a job somewhere.</summary>
    /// <param name="job">About how much it asks for.</param>
    /// <param name="options">How the call runs.</param>
    /// <param name="work">The job itself; it may be run again on another backend where one fails.</param>
    protected abstract T Run<T>(DeviceJob job, ComputeOptions options, Func<IComputeBackend, T> work);

    protected static void Say(ComputeOptions options, string what) => options.Log?.Invoke($"Device: {what}");

    protected static string Describe(ReRankDevice device) => $"{device}, {MemoryBudget.Gigabytes(device.MemoryBytes)} GB";
}
