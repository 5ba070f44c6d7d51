namespace GnnReRank.Cluster.Stages.Lists;

/// <summary>Nearly all neighbours.</summary>
internal static class NearListStages
{
    public static IReadOnlyList<IJobStage> All => [];
}
