using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>
/// Cuts large clusters, and sums the rows of each part: an item some of the clusters, over all shards.
/// </summary>
internal sealed class CutStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "cut";

    /// <summary>The array of the parts of each cluster.</summary>
    public const string Counts = "counts";

    /// <summary>The array of the part of each row, the rows of the first cluster first.</summary>
    public const string PartOf = "parts";

    /// <summary>The array of sums, a row a part.</summary>
    public const string Sums = "sums";

    public string Name => Stage;

    /// <summary>The parts of all clusters, and the sums of their rows.</summary>
    public static (ClusterParts Parts, float[] Sums) Read(StageContext context)
    {
        List<int> counts = [];
        List<int> partOf = [];
        List<float> sums = [];
        for (int item = 0; item < context.Shards.Count; item++)
        {
            PartFile part = context.Part(Stage, item);
            counts.AddRange(part.Span<int>(Counts));
            partOf.AddRange(part.Span<int>(PartOf));
            sums.AddRange(part.Span<float>(Sums));
        }

        return (new ClusterParts([.. counts], [.. partOf]), [.. sums]);
    }

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        long rows = (sizes.Rows + sizes.Shards - 1) / sizes.Shards;
        return new ItemEstimate(
            sizes.AllRowsBytes + sizes.DirectionBytes, (rows * sizes.StoredRowBytes) + (sizes.Rows * sizeof(int)),
            (rows * sizeof(int)) + (((sizes.Clusters / sizes.Shards) + 1) * sizes.RowBytes),
            (double)rows * plan.Dimension * 8);
    }

    public void Run(StageContext context, int item)
    {
        RowClusters clusters = NearRows.Clusters(context);
        int first = (int)((long)clusters.Count * item / context.Shards.Count);
        int end = (int)((long)clusters.Count * (item + 1) / context.Shards.Count);
        using VertexRows rows = context.AllRows();
        ClusterMaker maker = new(rows, context.Kernels.Exact, context.Plan.Seed, context.Options);
        ClusterParts parts = new ClusterCutter(maker, clusters).Cut(first, end);
        using PartFileWriter writer = context.Create(Name, item);
        writer.Append<int>(Counts, parts.Counts);
        writer.Append<int>(PartOf, parts.PartOf);
        writer.Append<float>(Sums, maker.Sums(parts.Of(clusters, first)));
        writer.Commit();
    }
}
