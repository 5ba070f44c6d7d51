using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Scoring;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Walks;
using GnnReRank.Compute.Walks;
using GnnReRank.ReRanking.Diffusion;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>Walks over the matrix that the walk's stages left.</summary>
internal sealed unsafe class WalkScoringSource(DiffusionSettings settings) : IScoringSource
{
    private const double LoadedShare = 0.125;

    public IScoring Open(StageContext context)
    {
        double[] scales = new double[context.Plan.Query.RowCount];
        for (int shard = 0; shard < context.Shards.QueryShards; shard++)
        {
            int count = context.Shards.SizeOf(shard);
            double* some = context.Part(WalkParts.EdgesStage, shard).Pointer<double>(WalkParts.Scales, count);
            new ReadOnlySpan<double>(some, count).CopyTo(scales.AsSpan(context.Shards.StartOf(shard)));
        }

        WalkTerms terms = new(
            DiffusionRecipe.Of(settings), context.Plan.VertexCount, context.Plan.Query.RowCount, scales);
        MappedWalkRows mapped = new(context);
        return LoadedBytes(context.Plan) == 0
            ? new RestartWalk<MappedWalkRows>(terms, mapped)
            : new RestartWalk<LoadedWalkRows>(terms, LoadedWalkRows.Of(
                mapped, context.Plan.VertexCount, mapped.EntryCount, context.Options.CancellationToken));
    }

    public long SharedBytes(JobPlan plan) =>
        ((long)plan.Query.RowCount * (sizeof(double) + sizeof(float))) + LoadedBytes(plan);

    public long ThreadBytes(JobPlan plan) => WalkLanes.BytesFor(plan.VertexCount, plan.Gallery.RowCount);

    /// <summary>The most that the matrix takes in memory; 0 where that is a large part of a task's, and it stays mapped.</summary>
    private long LoadedBytes(JobPlan plan)
    {
        long most = LoadedWalkRows.BytesFor(plan.VertexCount, 2L * plan.VertexCount * settings.Neighbors);
        return most <= TaskMemory.ForItems(plan) * LoadedShare ? most : 0;
    }
}
