namespace GnnReRank.Cluster.Stages.Lists;

/// <summary>Exact neighbours.</summary>
internal static class ExactListStages
{
    public static IReadOnlyList<IJobStage> All => throw new NotImplementedException();
}
