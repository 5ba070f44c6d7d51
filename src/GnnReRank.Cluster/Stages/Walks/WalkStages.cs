namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>The matrix of a walk.</summary>
internal static class WalkStages
{
    public static IReadOnlyList<IJobStage> All { get; } = [new EdgesStage(), new RowsStage(), new ValuesStage()];
}
