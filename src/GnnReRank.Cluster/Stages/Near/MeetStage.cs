using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Multiplies the pairs that meet in some of the clusters: their rows with each other and with visitors.</summary>
internal sealed unsafe class MeetStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "meet";

    private const int Stretch = 1 << 24;

    public string Name => Stage;

    /// <summary>The array of the rows that a group met, ascending.</summary>
    public static string Rows(int group) => $"rows-{group}";

    /// <summary>The array of the keys of the best that each of them met there.</summary>
    public static string Keys(int group) => $"keys-{group}";

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        double share = Math.Min(1, (sizes.Visits + 1) / sizes.Shards);
        long rows = (long)(sizes.Rows * share);
        return new ItemEstimate(
            (Math.Min(rows, MostRows(plan)) * NearSizes.MeetBytes(plan)) + sizes.AllRowsBytes,
            (rows * (sizes.RowBytes + (long)(sizes.Visits * sizeof(int)))) + (sizes.Rows * sizeof(int)),
            rows * ((sizes.Others * sizeof(ulong)) + sizeof(int)),
            ClusterCounts.VisitCost * NearSizes.MetShare * sizes.Rows * sizes.Rows / sizes.Shards * plan.Dimension);
    }

    public void Run(StageContext context, int item)
    {
        using VertexRows rows = context.AllRows();
        using PartFileWriter writer = context.Create(Name, item);
        int number = 0;
        foreach (ClusterGroup group in new GroupReader(context, MostRows(context.Plan)).Of(item, context.Shards.Count))
        {
            Meet(context, rows, group, writer, number++);
        }

        writer.Commit();
    }

    /// <summary>Rows met at a time, in half of a task's memory.</summary>
    private static long MostRows(JobPlan plan) => plan.MemoryPerTask / 2 / NearSizes.MeetBytes(plan);

    private static void Meet(
        StageContext context, VertexRows rows, ClusterGroup group, PartFileWriter writer, int number)
    {
        int others = context.Plan.NeighborCount - 1;
        int[] ascending = [.. group.Clusters.Order.Order()];
        int[] rankOf = [.. group.Clusters.Order.Select(row => Array.BinarySearch(ascending, row))];
        using NativeBuffer<ulong> keys = new((long)ascending.Length * others, zeroed: true);
        new ClusterMeeting(rows, group, context.Kernels, context.Options).Run(
            others + 1,
            (_, place, best) => best[..Math.Min(best.Length, others)].CopyTo(
                new Span<ulong>(keys.Pointer + ((long)rankOf[place] * others), others)));
        writer.Append<int>(Rows(number), ascending);
        for (long first = 0; first < keys.Length; first += Stretch)
        {
            writer.Append(
                Keys(number),
                new ReadOnlySpan<ulong>(keys.Pointer + first, (int)Math.Min(Stretch, keys.Length - first)));
        }
    }
}
