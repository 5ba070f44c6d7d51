namespace GnnReRank.Cluster.Stages.Lists;

/// <summary>The exact neighbours of all rows: pairs of shards, then their lists merged.</summary>
internal static class ExactListStages
{
    public static IReadOnlyList<IJobStage> All { get; } = [new PairStage(), new MergeStage()];
}
