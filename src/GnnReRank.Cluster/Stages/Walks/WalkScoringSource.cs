using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Scores;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Walks;
using GnnReRank.Compute.Walks;
using GnnReRank.ReRanking.Diffusion;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>Walks over the matrix that the walk's stages left.</summary>
internal sealed unsafe class WalkScoringSource(DiffusionSettings settings) : IScoringSource
{
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
        return new RestartWalk<MappedWalkRows>(terms, new MappedWalkRows(context));
    }

    public long SharedBytes(JobPlan plan) => (long)plan.Query.RowCount * (sizeof(double) + sizeof(float));

    public long ThreadBytes(JobPlan plan) => WalkLanes.BytesFor(plan.VertexCount, plan.Gallery.RowCount);
}
