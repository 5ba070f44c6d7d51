using GnnReRank.Compute.Gpu.Messages;
using GnnReRank.Compute.Gpu.Scoring;

namespace GnnReRank.Compute.Gpu;

/// <summary>All stages on one device: features go up once, or in panels where they do not fit; lists come down once.</summary>
/// <param name="device">The device.</param>
/// <param name="memoryLimit">The bytes of the device's memory to plan with; null for all.</param>
internal sealed class GpuBackend(GpuDevice device, long? memoryLimit = null) : IComputeBackend
{
    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options)
    {
        lock (device.Gate)
        {
            GpuPlan plan = Begin(query, gallery, neighborCount, depth: 0, passesMessages: false, options);
            return WithRows(plan, query, gallery, kept: null, options, rows =>
                device.Resident.Keep(rows.FindNeighbors(device, neighborCount, options), query, gallery));
        }
    }

    public Ranking RankByCosine(FeatureMatrix query, FeatureMatrix gallery, int depth, ComputeOptions options)
    {
        lock (device.Gate)
        {
            GpuPlan plan = Begin(query, gallery, neighborCount: 0, depth, passesMessages: false, options);
            return WithRows(plan, query, gallery, kept: null, options, rows =>
                new GpuRankingStage(device, rows, messages: null, lambda: 1f, depth).Run(query, gallery, new CosineSettings(), options));
        }
    }

    public Ranking ReRankByGnn(NeighborGraph graph, GnnReRankSettings settings, int depth, ComputeOptions options)
    {
        lock (device.Gate)
        {
            FeatureMatrix query = graph.Query!;
            FeatureMatrix gallery = graph.Gallery!;
            GpuPlan plan = Begin(query, gallery, neighborCount: 0, depth, passesMessages: true, options);
            return WithRows(plan, query, gallery, graph, options, rows =>
                ReRank(rows, device.Resident.GraphOf(device, graph), query, gallery, settings, depth, options));
        }
    }

    public Ranking ReRankByGnn(
        FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, ComputeOptions options)
    {
        lock (device.Gate)
        {
            GpuPlan plan = Begin(query, gallery, settings.K1, depth, passesMessages: true, options);
            return WithRows(plan, query, gallery, kept: null, options, rows =>
            {
                using DeviceGraph graph = rows.FindNeighbors(device, settings.K1, options);
                return ReRank(rows, graph, query, gallery, settings, depth, options);
            });
        }
    }

    private Ranking ReRank(
        IFeatureRows rows, DeviceGraph graph, FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth,
        ComputeOptions options)
    {
        using GpuMessages messages = GpuMessages.Run(device, graph, query.RowCount, settings, options);
        return new GpuRankingStage(device, rows, messages, (float)settings.EffectiveLambda, depth).Run(query, gallery, settings, options);
    }

    /// <summary>Works with the rows as planned: all of them, which then stay on the device, or panels, which do not.</summary>
    private T WithRows<T>(
        GpuPlan plan, FeatureMatrix? query, FeatureMatrix gallery, NeighborGraph? kept, ComputeOptions options, Func<IFeatureRows, T> work)
    {
        if (plan.PanelRows == 0)
        {
            device.Resident.KeepOnly(kept);
            return work(device.Resident.FeaturesOf(device, query, gallery, options));
        }

        device.Resident.MakeRoom(kept);
        using FeaturePanels panels = new(device, query, gallery, plan.PanelRows);
        return work(panels);
    }

    /// <summary>Plans and tells the job, and makes the device ready for it.</summary>
    private GpuPlan Begin(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, int depth, bool passesMessages, ComputeOptions options)
    {
        int queryCount = query?.RowCount ?? 0;
        HostResults.RequireGraph((long)queryCount + gallery.RowCount, neighborCount);
        HostResults.RequireRanking(queryCount, depth);
        GpuPlan plan = GpuPlan.For(
            queryCount, gallery.RowCount, gallery.Dimension, neighborCount, depth, passesMessages,
            memoryLimit ?? device.Accelerator.MemorySize);
        if (!plan.Fits)
        {
            throw GpuErrors.DoesNotFit(device, plan);
        }

        options.Log?.Invoke(plan.Describe(device.Name));

        // The driver's state is the thread's, and each call may come on another.
        device.Accelerator.Bind();
        DevicePreparation.Prepare(device, plan, options);
        return plan;
    }
}
