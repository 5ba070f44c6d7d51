using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>
/// The clusters that each row visits, and what it meets in those of its own item, which the rest must beat: an item
/// some clusters.
/// </summary>
internal sealed class VisitStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "visits";

    public string Name => Stage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        long rows = sizes.ItemRows;
        long visitBytes = (long)(rows * sizes.Visits) * sizeof(int);
        return new ItemEstimate(
            sizes.AllRowsBytes + sizes.DirectionBytes + (sizes.Clusters * sizes.Clusters * sizeof(float)) +
            (3 * visitBytes) + (rows * NearSizes.MetBytes(plan)),
            (rows * sizes.StoredRowBytes) + (sizes.Clusters * sizes.RowBytes) + (sizes.Rows * sizeof(int)),
            (2 * visitBytes) + (rows * (sizes.Others + 3) * sizeof(ulong)),
            (((double)rows + sizes.Clusters) * sizes.Clusters * plan.Dimension) +
            (ClusterCounts.VisitCost * rows * sizes.Rows / sizes.Clusters * plan.Dimension));
    }

    public void Run(StageContext context, int item)
    {
        using VertexRows rows = context.AllRows();
        NearClusters near = NearClusters.Read(context);
        RowClusters clusters = near.Directed.Clusters;
        (int first, int end) = ClusterShares.OfRows(clusters, context.Shards.Count)[item];
        int[] members = clusters.Order[clusters.StartOf(first)..clusters.StartOf(end)];
        Probes probes = Find(context, rows, near, members);
        using PartFileWriter writer = context.Create(Name, item);
        RowClusters own = new(members, members.Select(row => near.ClusterOf[row]).ToArray(), clusters.Count);
        using MetLists met = MetLists.Of(
            context, rows, new ClusterGroup(own, near.ClusterOf, probes, first, end));
        met.Write(writer, 0);
        ItemVisits.Write(
            writer, probes, [.. Enumerable.Range(0, members.Length).Select(met.FloorOf)], clusters.StartOf(first),
            clusters.Count);
        writer.Commit();
    }

    private static Probes Find(StageContext context, VertexRows rows, NearClusters near, int[] members)
    {
        RowClusters clusters = near.Directed.Clusters;
        using Centroids centroids = new(near.Directed.Sums, rows.Dimension, context.Kernels.Exact, context.Options);
        ClusterReach reach = ClusterReach.Of(clusters, near.ClusterOf, centroids, context.Options);
        return Probes.Find(
            rows, members, clusters, near.ClusterOf, reach, near.Least, context.Plan.NeighborCount,
            context.Kernels.Exact, context.Options);
    }
}
