using GnnReRank.Compute.Gpu.Messages;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Scoring;

namespace GnnReRank.Compute.Gpu;

/// <summary>All stages on one device: features go up once, lists come down once.</summary>
internal sealed class GpuBackend(GpuDevice device) : IComputeBackend
{
    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options)
    {
        lock (device.Gate)
        {
            Plan(query, gallery, neighborCount, depth: 0, passesMessages: false, options);
            DeviceFeatures features = device.Resident.FeaturesOf(device, query, gallery, options);
            DeviceGraph graph = GpuNeighborStage.Run(device, features, neighborCount, options);
            return device.Resident.Keep(graph, query, gallery);
        }
    }

    public Ranking RankByCosine(FeatureMatrix query, FeatureMatrix gallery, int depth, ComputeOptions options)
    {
        lock (device.Gate)
        {
            Plan(query, gallery, neighborCount: 0, depth, passesMessages: false, options);
            DeviceFeatures features = device.Resident.FeaturesOf(device, query, gallery, options);
            return new GpuRankingStage(device, features, messages: null, lambda: 1f, depth).Run(query, gallery, new CosineSettings(), options);
        }
    }

    public Ranking ReRankByGnn(NeighborGraph graph, GnnReRankSettings settings, int depth, ComputeOptions options)
    {
        lock (device.Gate)
        {
            Plan(graph.Query, graph.Gallery!, neighborCount: 0, depth, passesMessages: true, options);
            DeviceFeatures features = device.Resident.FeaturesOf(device, graph.Query, graph.Gallery!, options);
            return ReRank(features, device.Resident.GraphOf(device, graph), graph.Query!, graph.Gallery!, settings, depth, options);
        }
    }

    public Ranking ReRankByGnn(
        FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, ComputeOptions options)
    {
        lock (device.Gate)
        {
            Plan(query, gallery, settings.K1, depth, passesMessages: true, options);
            DeviceFeatures features = device.Resident.FeaturesOf(device, query, gallery, options);
            using DeviceGraph graph = GpuNeighborStage.Run(device, features, settings.K1, options);
            return ReRank(features, graph, query, gallery, settings, depth, options);
        }
    }

    private Ranking ReRank(
        DeviceFeatures features, DeviceGraph graph, FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth,
        ComputeOptions options)
    {
        using GpuMessages messages = GpuMessages.Run(device, graph, query.RowCount, settings, options);
        return new GpuRankingStage(device, features, messages, (float)settings.EffectiveLambda, depth).Run(query, gallery, settings, options);
    }

    private void Plan(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, int depth, bool passesMessages, ComputeOptions options)
    {
        GpuPlan plan = GpuPlan.For(query?.RowCount ?? 0, gallery.RowCount, gallery.Dimension, neighborCount, depth, passesMessages);
        options.Log?.Invoke(plan.Describe(device.Name, device.Accelerator.MemorySize));
    }
}
