using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>The nearest direction of each row of a shard.</summary>
internal sealed class AssignStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "assign";

    /// <summary>The array of directions, one a row; -1 for a row of zeros.</summary>
    public const string Nearest = "nearest";

    public string Name => Stage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        return new ItemEstimate(
            sizes.DirectionBytes + (sizes.ShardRows * 4 * sizeof(int)),
            (sizes.ShardRows * sizes.StoredRowBytes) + (sizes.Clusters * sizes.RowBytes), sizes.ShardRows * sizeof(int),
            (double)sizes.ShardRows * sizes.Clusters * plan.Dimension);
    }

    public void Run(StageContext context, int item)
    {
        float[] directions = context.Part(SampleStage.Stage, SampleStage.DirectionsItem)
            .Span<float>(SampleStage.Directions).ToArray();
        using VertexRows rows = context.Rows(item, item + 1);
        int[] members = NearRows.Members(rows, 0, rows.Count);
        ClusterMaker maker = new(rows, context.Kernels.Exact, context.Plan.Seed, context.Options);
        using Centroids centroids = new(directions, rows.Dimension, context.Kernels.Exact, context.Options);
        int[] found = maker.NearestOf(members, centroids);
        int[] nearest = new int[rows.Count];
        nearest.AsSpan().Fill(-1);
        for (int place = 0; place < members.Length; place++)
        {
            nearest[members[place]] = found[place];
        }

        using PartFileWriter writer = context.Create(Name, item);
        writer.Append<int>(Nearest, nearest);
        writer.Commit();
    }
}
