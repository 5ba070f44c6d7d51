using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>The clusters that each row of a shard visits.</summary>
internal sealed class VisitStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "visits";

    public string Name => Stage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        long visitBytes = (long)(sizes.ShardRows * sizes.Visits) * sizeof(int);
        return new ItemEstimate(
            sizes.AllRowsBytes + sizes.DirectionBytes + (sizes.Clusters * sizes.Clusters * sizeof(float)) +
            (3 * visitBytes),
            (sizes.ShardRows * sizes.RowBytes) + (sizes.Clusters * sizes.RowBytes) + (sizes.Rows * sizeof(int)),
            (2 * visitBytes) + (sizes.ShardRows * sizeof(long)),
            ((double)sizes.ShardRows + sizes.Clusters) * sizes.Clusters * plan.Dimension);
    }

    public void Run(StageContext context, int item)
    {
        using VertexRows rows = context.AllRows();
        NearClusters near = NearClusters.Read(context);
        RowClusters clusters = near.Directed.Clusters;
        using Centroids centroids = new(near.Directed.Sums, rows.Dimension, context.Kernels.Exact, context.Options);
        ClusterReach reach = ClusterReach.Of(clusters, near.ClusterOf, centroids, context.Options);
        int[] members = NearRows.Members(rows, context.Shards.StartOf(item), context.Shards.EndOf(item));
        Probes probes = Probes.Find(
            rows, members, clusters, near.ClusterOf, reach, near.Least, context.Plan.NeighborCount,
            context.Kernels.Exact, context.Options);
        using PartFileWriter writer = context.Create(Name, item);
        ShardVisits.Write(
            writer, probes, members, context.Shards.StartOf(item), context.Shards.SizeOf(item), clusters.Count);
        writer.Commit();
    }
}
