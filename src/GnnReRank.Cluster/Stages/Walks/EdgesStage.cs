using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Lists;
using GnnReRank.Compute.Walks;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>The edges that start in a shard, by the shard that they go to.</summary>
internal sealed class EdgesStage : IJobStage
{
    // As they come of the lists, and as they go to the file.
    private const int BytesPerEdge = (2 * (sizeof(int) + sizeof(double))) + sizeof(int);
    private const int BytesPerWrittenEdge = (2 * sizeof(int)) + sizeof(double);

    public string Name => WalkParts.EdgesStage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        long rows = WalkParts.LargestShard(plan);
        long edges = WalkParts.MostEdges(plan);
        return new ItemEstimate(
            (edges * BytesPerEdge) + (rows * sizeof(double)),
            rows * plan.NeighborCount * (sizeof(int) + sizeof(float)),
            (edges * BytesPerWrittenEdge) + (rows * sizeof(double)),
            edges * 64.0);
    }

    public void Run(StageContext context, int item)
    {
        int count = context.Shards.SizeOf(item);
        StageReporter reporter = new(StageNames.Edges, count, StageUnits.Rows, context.Options);
        WalkEdges edges = WalkEdges.OfRange(
            new ShardNeighbors(context, item), context.Shards.StartOf(item), count, WalkParts.RecipeOf(context).Edges,
            context.Plan.Query.RowCount, context.Options);
        int[] starts = StartsOf(edges, context);
        int[] sources = new int[starts[^1]];
        int[] targets = new int[starts[^1]];
        double[] weights = new double[starts[^1]];
        int[] next = [.. starts];
        for (int slot = 0; slot < edges.Targets.Length; slot++)
        {
            int target = edges.Targets[slot];
            if (target >= 0)
            {
                int place = next[context.Shards.ShardOf(target)]++;
                (sources[place], targets[place], weights[place]) =
                    (edges.SourceOf(slot), target, edges.Weights[slot]);
            }
        }

        using PartFileWriter writer = context.Create(Name, item);
        writer.AppendAll<int>(WalkParts.Starts, starts);
        writer.AppendAll<int>(WalkParts.Sources, sources);
        writer.AppendAll<int>(WalkParts.Targets, targets);
        writer.AppendAll<double>(WalkParts.Weights, weights);
        writer.AppendAll<double>(WalkParts.Scales, edges.Scales);
        writer.Commit();
        reporter.Complete(FormattableString.Invariant($"{count:N0} vertices, {starts[^1]:N0} edges from them"));
    }

    /// <summary>Where the edges to each shard begin, and the end.</summary>
    private static int[] StartsOf(WalkEdges edges, StageContext context)
    {
        int[] starts = new int[context.Shards.Count + 1];
        foreach (int target in edges.Targets)
        {
            if (target >= context.Plan.VertexCount)
            {
                throw PartErrors.Broken(
                    context.Part(ShardLists.Stage, context.Shards.ShardOf(edges.First)).Path,
                    $"it names vertex {target:N0}, and there are {context.Plan.VertexCount:N0}");
            }

            if (target >= 0)
            {
                starts[context.Shards.ShardOf(target) + 1]++;
            }
        }

        for (int shard = 0; shard < context.Shards.Count; shard++)
        {
            starts[shard + 1] += starts[shard];
        }

        return starts;
    }
}
