namespace GnnReRank.Compute.Gpu;

/// <summary>All stages on one GPU.</summary>
internal sealed class GpuBackend(GpuDevice device) : IComputeBackend
{
    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options) =>
        throw new NotImplementedException(device.Name);

    public Ranking RankByCosine(FeatureMatrix query, FeatureMatrix gallery, int depth, ComputeOptions options) =>
        throw new NotImplementedException(device.Name);

    public Ranking ReRankByGnn(NeighborGraph graph, GnnReRankSettings settings, int depth, ComputeOptions options) =>
        throw new NotImplementedException(device.Name);

    public Ranking ReRankByGnn(
        FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, ComputeOptions options) =>
        throw new NotImplementedException(device.Name);
}
