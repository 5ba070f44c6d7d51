using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>Scores and orders the whole gallery for a block of queries.</summary>
internal sealed class ScoreStage : IJobStage
{
    // Multiply-adds of a tile that take as long as a gallery row takes to be ordered.
    private const int OrderCost = 16;

    public string Name => ScoreParts.Stage;

    public int CountItems(JobPlan plan) => ScoreParts.CountItems(plan);

    /// <summary>
    /// Each pass over the gallery reads it all; the matrix is counted once, as the walks of a block come to most of it.
    /// </summary>
    public ItemEstimate Estimate(JobPlan plan)
    {
        RankingShape shape = ScoreMemory.ShapeOf(plan, 0);
        int threads = plan.ThreadsPerTask > 0 ? plan.ThreadsPerTask : Environment.ProcessorCount;
        ScoreMemory memory = new(plan, shape, threads, CpuKernels.ForThisProcessor);
        long queries = shape.QueryCount;
        long passes = ScorePasses.Of(shape, memory.Ranking).Count;
        long gallery = (long)plan.Gallery.RowCount * plan.Dimension * plan.ElementBytes;
        long matrix = (long)plan.VertexCount * plan.NeighborCount * (sizeof(int) + sizeof(float));
        double cosines = shape.NeedsAllCosines ? (double)queries * plan.Gallery.RowCount * plan.Dimension : 0;
        double order = (double)queries * plan.Gallery.RowCount * OrderCost;
        return new ItemEstimate(
            memory.Bytes, (passes * gallery) + matrix, shape.ResultBytes,
            cosines + order + (queries * ScoreCost(plan)));
    }

    public void Run(StageContext context, int item)
    {
        JobPlan plan = context.Plan;
        RankingShape shape = ScoreMemory.ShapeOf(plan, item);
        ScoreMemory memory = new(plan, shape, context.Options.ThreadCount, context.Kernels);
        memory.Require();
        if (plan.NeighborCount == 0)
        {
            // No stage before this one has read the features.
            for (int shard = 0; shard < context.Shards.Count; shard++)
            {
                context.VerifyShard(shard);
            }
        }

        using VertexRows queries = context.Rows(0, context.Shards.QueryShards);
        using VertexRows gallery = context.Rows(context.Shards.QueryShards, context.Shards.Count);
        using IScoring? scoring = ScoringSources.Of(context.Settings)?.Open(context);
        RankedLists ranked = new RankingStage(
            shape, memory.Ranking, context.Kernels, scoring, cosines: null, context.Options).Run(queries, gallery);
        using PartFileWriter writer = context.Create(Name, item);
        for (int query = 0; query < shape.QueryCount; query++)
        {
            writer.Append<int>(ScoreParts.Indices, ranked.Indices[query]);
        }

        for (int query = 0; query < shape.QueryCount; query++)
        {
            writer.Append<float>(ScoreParts.Scores, ranked.Scores[query]);
        }

        writer.Commit();
    }

    /// <summary>Of one query, as if its walk came to all rows, or its messages to the neighbours of each.</summary>
    private static double ScoreCost(JobPlan plan) => plan.ReadSettings() switch
    {
        DiffusionSettings walk => 2.0 * walk.Neighbors * walk.Steps * plan.VertexCount,
        _ => (double)plan.NeighborCount * plan.VertexCount,
    };
}
