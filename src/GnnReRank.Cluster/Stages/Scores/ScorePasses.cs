using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>How often an item of the score stage reads the gallery.</summary>
/// <param name="Count">Passes; none where cosines only break ties.</param>
/// <param name="QueriesAtATime">Queries that share one.</param>
/// <param name="QueryCount">Queries of the item.</param>
internal readonly record struct ScorePasses(long Count, int QueriesAtATime, int QueryCount)
{
    /// <summary>
    /// Queries with which a pass takes about as long to read as to multiply, on few threads: more save little.
    /// </summary>
    public const int Enough = 64;

    public bool AreReasonable => Count <= 1 || QueriesAtATime >= Math.Min(Enough, QueryCount);

    public static ScorePasses Of(JobPlan plan)
    {
        int threads = plan.ThreadsPerTask > 0 ? plan.ThreadsPerTask : Environment.ProcessorCount;
        RankingShape shape = ScoreMemory.ShapeOf(plan, 0);
        return Of(shape, new ScoreMemory(plan, shape, threads, CpuKernels.ForThisProcessor).Ranking);
    }

    public static ScorePasses Of(RankingShape shape, RankingMemory memory)
    {
        int queries = memory.PassesGallery ? memory.QueriesAtATime : shape.QueryCount;
        long count = shape.NeedsAllCosines ? ((long)shape.QueryCount + queries - 1) / queries : 0;
        return new ScorePasses(count, queries, shape.QueryCount);
    }
}
