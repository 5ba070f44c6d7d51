using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>The sizes that estimates of these stages come from.</summary>
internal sealed class NearSizes(JobPlan plan)
{
    // Of made rows one met 3.4 in 100 of 150,000, and 0.4 in 100 of 10,000,000: it falls with the root of their number.
    private const double MostMetShare = 0.05;
    private const double MetRoots = 13.5;

    // A row's inverse norm, its cluster and its place, and the same again while clusters are cut and ordered.
    private const int VertexBytes = 40;

    // Of a row that is met: bound, count and floor of its candidates, its places, and some of the clusters that it
    // visits.
    private const int MetRowBytes = 128;

    private readonly ShardMap _shards = ShardMap.Of(plan);

    public int Shards => _shards.Count;

    public long Rows => plan.VertexCount;

    /// <summary>Rows of the largest shard.</summary>
    public long ShardRows => Enumerable.Range(0, _shards.Count).Max(_shards.SizeOf);

    public int Dimension => plan.Dimension;

    /// <summary>Neighbours a row, itself left out.</summary>
    public int Others => plan.NeighborCount - 1;

    public int Threads => plan.ThreadsPerTask > 0 ? plan.ThreadsPerTask : Environment.ProcessorCount;

    public long Clusters => ClusterCounts.ClustersOf(plan.VertexCount);

    public long Sampled => ClusterCounts.SampledOf(plan.VertexCount);

    /// <summary>A row in float32.</summary>
    public long RowBytes => (long)Dimension * sizeof(float);

    /// <summary>A row as its shard has it.</summary>
    public long StoredRowBytes => (long)Dimension * plan.ElementBytes;

    /// <summary>What is held of all rows.</summary>
    public long AllRowsBytes => Rows * VertexBytes;

    /// <summary>
    /// The directions of clusters, their packed copy, and a tile a thread for their products with rows.
    /// </summary>
    public long DirectionBytes =>
        (3 * Clusters * RowBytes) + (Threads * TileMultiplier.TileSize * (RowBytes + (Clusters * sizeof(float))));

    /// <summary>The share of all rows that a row meets, guessed.</summary>
    public double MetShare => Math.Min(MostMetShare, MetRoots / Math.Sqrt(Rows));

    /// <summary>Clusters that a row visits, guessed.</summary>
    public double Visits => 1 + (MetShare * Clusters);

    /// <summary>Rows of an item of clusters.</summary>
    public long ItemRows => (Rows + Shards - 1) / Shards;

    /// <summary>Those and the rows that visit their clusters.</summary>
    public long VisitingRows => (long)Math.Min(Rows, ItemRows * (1 + Visits));

    /// <summary>Rows that meet at a time, in half of a task's memory.</summary>
    public static long MostMet(JobPlan plan) => plan.MemoryPerTask / 2 / MetBytes(plan);

    /// <summary>What a row takes that meets others: candidates, itself in int16, its best keys.</summary>
    public static long MetBytes(JobPlan plan) =>
        (TopKReservoirs.BytesFor(plan.VertexCount, plan.NeighborCount - 1, ClusterLists.SmallestCapacity) /
            plan.VertexCount) + RoundedRows.BytesPerRow(plan.Dimension) + ((long)plan.NeighborCount * sizeof(ulong)) +
        MetRowBytes;
}
