using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>
/// Rows at random with the nearest of each shard, an item a shard; and the directions of clusters, which need none of
/// these: the first item, since it takes the longest.
/// </summary>
internal sealed class SampleStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "sample";

    /// <summary>The item that makes the directions.</summary>
    public const int DirectionsItem = 0;

    /// <summary>Its array: a row a cluster.</summary>
    public const string Directions = "directions";

    /// <summary>The array of the other items: keys of the nearest, so many a sampled row.</summary>
    public const string Keys = "keys";

    public string Name => Stage;

    /// <summary>The item that compares the sample with a shard.</summary>
    public static int ItemOf(int shard) => shard + 1;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count + 1;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        long compared = ClusterMaker.ComparedFor(sizes.Clusters);
        long keyBytes = sizes.Sampled * sizes.Others * sizeof(ulong);
        return new ItemEstimate(
            Math.Max(sizes.DirectionBytes, (sizes.Sampled * sizes.RowBytes) + (3 * keyBytes)) + sizes.AllRowsBytes,
            Math.Max(compared, sizes.ShardRows + sizes.Sampled) * sizes.StoredRowBytes,
            Math.Max(sizes.Clusters * sizes.RowBytes, keyBytes),
            Math.Max(
                (double)compared * sizes.Clusters, (double)sizes.ShardRows * sizes.Sampled) *
            plan.Dimension);
    }

    public void Run(StageContext context, int item)
    {
        using VertexRows rows = context.AllRows();
        using PartFileWriter writer = context.Create(Name, item);
        if (item == DirectionsItem)
        {
            int[] members = NearRows.Members(rows, 0, rows.Count);
            ClusterMaker maker = new(rows, context.Kernels.Exact, context.Plan.Seed, context.Options);
            writer.Append<float>(Directions, maker.Train(members, ClusterCounts.ClustersOf(members.Length)));
        }
        else
        {
            int shard = item - ItemOf(0);
            context.VerifyShard(shard);
            writer.Append<ulong>(Keys, RowSample.Search(
                rows, RowSample.Draw(rows.Count, context.Plan.Seed), context.Shards.StartOf(shard),
                context.Shards.EndOf(shard), context.Plan.NeighborCount - 1, context.Kernels.Exact, context.Options));
        }

        writer.Commit();
    }
}
