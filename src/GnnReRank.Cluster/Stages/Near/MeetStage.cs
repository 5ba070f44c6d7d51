using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Multiplies the rows of the clusters of an item with those of others that visit them.</summary>
internal sealed class MeetStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "meet";

    public string Name => Stage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        long rows = sizes.VisitingRows;
        return new ItemEstimate(
            (Math.Min(rows, NearSizes.MostMet(plan)) * NearSizes.MetBytes(plan)) + sizes.AllRowsBytes,
            (rows * (sizes.StoredRowBytes + (long)(sizes.Visits * sizeof(int)))) + (sizes.Rows * sizeof(int)),
            rows * ((sizes.Others / 2 * sizeof(ulong)) + sizeof(int) + sizeof(long)),
            ClusterCounts.VisitCost * sizes.MetShare * sizes.Rows * sizes.Rows / sizes.Shards * plan.Dimension);
    }

    public void Run(StageContext context, int item)
    {
        using VertexRows rows = context.AllRows();
        using PartFileWriter writer = context.Create(Name, item);
        int number = 0;
        foreach (ClusterGroup group in new GroupReader(context, item).Groups())
        {
            using MetLists met = MetLists.Of(context, rows, group);
            met.Write(writer, number++);
        }

        writer.Commit();
    }
}
