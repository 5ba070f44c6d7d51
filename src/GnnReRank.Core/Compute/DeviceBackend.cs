using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute;

/// <summary>Hands each job on to the backend of a device.</summary>
/// <param name="processor">Does what devices have no stage for.</param>
internal abstract class DeviceBackend(IComputeBackend processor) : IComputeBackend
{
    public IRowRefiner Refiner => processor.Refiner;

    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options) =>
        Run(
            DeviceJob.Search(query, gallery, neighborCount), options,
            backend => backend.FindNeighbors(query, gallery, neighborCount, options));

    public NeighborGraph FindNeighborsNearly(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings settings,
        ComputeOptions options)
    {
        Say(options, "CPU (no device has a stage for approximate graphs)");
        return processor.FindNeighborsNearly(query, gallery, neighborCount, settings, options);
    }

    public TimeSpan? EstimateSearch(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options)
    {
        // What is said of devices is said by the search itself.
        ComputeOptions quiet = options with { Log = null, Warn = null, Progress = null };
        return Run(
            DeviceJob.Search(query, gallery, neighborCount), quiet,
            backend => backend.EstimateSearch(query, gallery, neighborCount, quiet));
    }

    public GraphLists FindLists(
        FeatureMatrix? query, FeatureMatrix gallery, NeighborGraph? graph, ListNeeds needs, ComputeOptions options) =>
        graph is null && needs.IsPlain
            ? new GraphLists(FindNeighbors(query, gallery, needs.NeighborCount, options))
            : processor.FindLists(query, gallery, graph, needs, options);

    public Ranking Rank(RankingJob job, ComputeOptions options) => job.Recipe switch
    {
        not null when job.IsIndependent => RankByProcessor(job, job.Needs, "single queries", options),
        LateRecipe late => RankDecided(job, late, options),
        { RunsOnDevices: false } recipe => RankByProcessor(job, recipe.Needs, recipe.Work, options),
        _ => Run(DeviceJob.Of(job), options, backend => backend.Rank(job, options)),
    };

    /// <summary>The graph first, which stays on the device; the recipe that it decides then.</summary>
    private Ranking RankDecided(RankingJob job, LateRecipe late, ComputeOptions options)
    {
        NeighborGraph graph = job.Graph ?? FindNeighbors(job.Query, job.Gallery, late.NeighborCount, options);
        return Rank((job with { Graph = graph }).DecidedBy(graph), options);
    }

    /// <summary>Runs a job somewhere.</summary>
    /// <param name="job">About how much it asks for.</param>
    /// <param name="options">How the call runs.</param>
    /// <param name="work">The job itself; it may be run again on another backend where one fails.</param>
    protected abstract T Run<T>(DeviceJob job, ComputeOptions options, Func<IComputeBackend, T> work);

    /// <summary>The device finds the neighbours, where that alone is asked for; the scores are the processor's.</summary>
    private Ranking RankByProcessor(RankingJob job, ListNeeds needs, string work, ComputeOptions options)
    {
        NeighborGraph? graph = job.Graph ??
            (needs is { IsPlain: true, NeighborCount: > 0 } ? FindNeighbors(job.GraphQuery, job.Gallery, needs.NeighborCount, options) : null);
        Say(options, $"CPU (no device has a stage for {work})");
        return processor.Rank(job with { Graph = graph }, options);
    }

    protected static void Say(ComputeOptions options, string what) => options.Log?.Invoke($"Device: {what}");

    protected static string Describe(ReRankDevice device) => $"{device}, {MemoryBudget.Gigabytes(device.MemoryBytes)} GB";
}
