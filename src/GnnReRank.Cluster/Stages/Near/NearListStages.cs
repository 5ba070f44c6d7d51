namespace GnnReRank.Cluster.Stages.Near;

/// <summary>
/// Nearly all neighbours, by clusters: the lists of one process that goes on with clusters where all pairs are as
/// cheap.
/// </summary>
internal static class NearListStages
{
    public static IReadOnlyList<IJobStage> All { get; } =
    [
        new SampleStage(), new AssignStage(), new CutStage(), new ReachStage(), new VisitStage(), new MeetStage(),
        new NearListStage(),
    ];

    /// <summary>How near the lists come, of a job whose lists are done.</summary>
    public static GraphApproximation ApproximationOf(StageContext context)
    {
        double sum = 0;
        int count = 0;
        for (int shard = 0; shard < context.Shards.Count; shard++)
        {
            // Summed row by row, as one process does.
            foreach (double share in context.Part(Lists.ShardLists.Stage, shard).Span<double>(NearListStage.Shares))
            {
                sum += share;
                count++;
            }
        }

        return new GraphApproximation(sum / count, count, Compute.Cpu.Clusters.ClusterStage.Origin);
    }
}
