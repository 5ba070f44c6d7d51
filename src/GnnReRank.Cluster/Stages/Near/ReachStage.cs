using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>
/// Orders the clusters, and chooses on half of the sample how near one must be to be visited. One item: it passes over
/// rows of the sample and their neighbours alone.
/// </summary>
internal sealed class ReachStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "reach";

    // Every cluster is nearer, except those that are never visited.
    private const float Everything = float.MinValue;

    public string Name => Stage;

    public int CountItems(JobPlan plan) => 1;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        long asked = sizes.Sampled * (sizes.Others + 1);
        long keyBytes = sizes.Sampled * sizes.Others * sizeof(ulong);
        return new ItemEstimate(
            sizes.AllRowsBytes + (2 * sizes.DirectionBytes) + (sizes.Clusters * sizes.Clusters * sizeof(float)) +
            (2 * keyBytes) + (asked * 24),
            (asked * sizes.StoredRowBytes) + (2 * sizes.Clusters * sizes.RowBytes) + (2 * sizes.Rows * sizeof(int)) +
            (sizes.Shards * keyBytes),
            (sizes.Rows * sizeof(int)) + (sizes.Clusters * sizes.RowBytes),
            ((double)asked + (2 * sizes.Clusters)) * sizes.Clusters * plan.Dimension);
    }

    public void Run(StageContext context, int item)
    {
        (ClusterParts parts, float[] sums) = CutStage.Read(context);
        DirectedClusters directed = DirectedClusters.Of(
            NearRows.Clusters(context), parts, sums, context.Options.CancellationToken);
        RowSample sample = NearSample.Merge(context);
        using VertexRows rows = context.AllRows();
        int[] clusterOf = directed.Clusters.ClusterOf(rows.Count);
        using Centroids centroids = new(directed.Sums, rows.Dimension, context.Kernels.Exact, context.Options);
        ClusterReach reach = ClusterReach.Of(directed.Clusters, clusterOf, centroids, context.Options);
        ReachChoice choice = new(rows, directed.Clusters, clusterOf, reach, context.Options);
        RowSample half = sample.Half(0);
        float? least = choice.Choose(half, context.Plan.Recall!.Value);
        Log(context, least, choice.MeanMet(half, least ?? Everything), half.Rows.Length, directed.Clusters.Count);
        using PartFileWriter writer = context.Create(Name, item);
        new NearClusters(clusterOf, directed, least ?? Everything).Write(writer);
        NearSample.Write(writer, sample.Half(1), context.Plan.NeighborCount - 1);
        writer.Commit();
    }

    /// <summary>
    /// A job has its stages from its plan alone, so it cannot turn to all pairs here as one process does.
    /// </summary>
    private static void Log(StageContext context, float? least, double met, int sampledCount, int clusterCount)
    {
        int rowCount = context.Plan.VertexCount;
        string what = least is null
            ? "no reach gives it on the sample, and rows visit all clusters"
            : ClusterCounts.IsExactAsCheap(rowCount, met, sampledCount, clusterCount)
                ? "all pairs are as cheap, and the job goes on with clusters"
                : "it is worth it";
        context.Options.Log?.Invoke(FormattableString.Invariant(
            $"Approximate graph: {clusterCount:N0} clusters; for a recall of {context.Plan.Recall} a row meets ") +
            FormattableString.Invariant($"{met / rowCount:0.0%} of all: {what}"));
    }
}
