using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Products;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Scoring;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Gpu;

/// <summary>All stages on one device: features go up once, or in panels where they do not fit; lists come down once.</summary>
/// <param name="device">The device.</param>
/// <param name="resident">What stays on the device from call to call, which the caller gives back.</param>
/// <param name="memoryLimit">The bytes of the device's memory to plan with; null for all.</param>
internal sealed class GpuBackend(GpuDevice device, ResidentData resident, long? memoryLimit = null) : IComputeBackend
{
    private bool? _hasTensorCores;
    private bool? _hasTensorCosines;

    public IRowRefiner Refiner => CpuBackend.Default.Refiner;

    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options)
    {
        lock (device.Gate)
        {
            GpuPlan plan = Begin(DeviceJob.Search(query, gallery, neighborCount), options);
            return WithRows(plan, query, gallery, kept: null, options, rows =>
                resident.Keep(FindNeighbors(rows, neighborCount, options), query, gallery));
        }
    }

    public NeighborGraph FindNeighborsNearly(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings settings,
        ComputeOptions options) =>
        CpuBackend.Default.FindNeighborsNearly(query, gallery, neighborCount, settings, options);

    public TimeSpan? EstimateSearch(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options) => null;

    public GraphLists FindLists(
        FeatureMatrix? query, FeatureMatrix gallery, NeighborGraph? graph, ListNeeds needs, ComputeOptions options) =>
        graph is null && needs.IsPlain
            ? new GraphLists(FindNeighbors(query, gallery, needs.NeighborCount, options))
            : throw new NotSupportedException("A device finds plain lists alone: the caller asks the processor for others.");

    public Ranking Rank(RankingJob job, ComputeOptions options)
    {
        lock (device.Gate)
        {
            GpuPlan plan = Begin(DeviceJob.Of(job), options);
            return WithRows(plan, job.Query, job.Gallery, job.Graph, options, rows =>
            {
                using DeviceGraph? found = job.SearchedNeighbors > 0 ? FindNeighbors(rows, job.SearchedNeighbors, options) : null;
                using IDeviceScoring? scoring = job.Recipe is null
                    ? null
                    : GpuScorings.Prepare(job.Recipe, device, found ?? resident.GraphOf(device, job.Graph!), job.Query.RowCount, options);
                using SplitFeatures? split = plan.SplitsRows && HasTensorCosines(options)
                    ? new SplitFeatures(device, (DeviceFeatures)rows)
                    : null;
                return new GpuRankingStage(device, split ?? rows, scoring, job).Run(options);
            });
        }
    }

    private DeviceGraph FindNeighbors(IFeatureRows rows, int neighborCount, ComputeOptions options) => rows switch
    {
        FeaturePanels panels => PanelNeighborStage.Run(device, panels, neighborCount, options),
        _ => GpuNeighborStage.Run(device, (DeviceFeatures)rows, neighborCount, HasTensorCores(options), options),
    };

    /// <summary>Whether tensor cores are there and find what float32 finds: checked once.</summary>
    private bool HasTensorCores(ComputeOptions options) => _hasTensorCores ??= TensorCheck.Passes(device, options);

    /// <summary>Whether tensor cores are there and make the cosines that they must: checked once.</summary>
    private bool HasTensorCosines(ComputeOptions options) => _hasTensorCosines ??= SplitCheck.Passes(device, options);

    /// <summary>Works with the rows as planned: all of them, which then stay on the device, or panels, which do not.</summary>
    private T WithRows<T>(
        GpuPlan plan, FeatureMatrix? query, FeatureMatrix gallery, NeighborGraph? kept, ComputeOptions options, Func<IFeatureRows, T> work)
    {
        if (plan.PanelRows == 0)
        {
            resident.KeepOnly(kept);
            return work(resident.FeaturesOf(device, query, gallery, options));
        }

        resident.MakeRoom(kept);
        using FeaturePanels panels = new(device, query, gallery, plan.PanelRows, options.ThreadCount);
        return work(panels);
    }

    /// <summary>Plans and tells the job, and makes the device ready for it.</summary>
    private GpuPlan Begin(DeviceJob job, ComputeOptions options)
    {
        HostResults.RequireGraph(job.VertexCount, job.NeighborCount);
        HostResults.RequireRanking(job.QueryCount, job.Depth);
        bool canSplit = _hasTensorCosines ?? TensorProductKernel.IsSupported(device.Accelerator);
        GpuPlan plan = GpuPlan.For(job, memoryLimit ?? device.Accelerator.MemorySize, canSplit);
        if (plan.PanelRows > 0 && job.NeighborCount - 1 > SearchListSizes.MostWanted)
        {
            throw GpuErrors.TooManyNeighborsForPanels(
                device.Name, job.NeighborCount, SearchListSizes.MostWanted + 1);
        }

        if (!plan.Fits)
        {
            throw GpuErrors.DoesNotFit(plan.Describe(device.Name));
        }

        options.Log?.Invoke(plan.Describe(device.Name));

        // The driver's state is the thread's, and each call may come on another.
        device.Accelerator.Bind();
        device.Memory.BeginCall();
        DevicePreparation.Prepare(
            device, job, plan, () => HasTensorCores(options), () => HasTensorCosines(options), options);
        return plan;
    }
}
