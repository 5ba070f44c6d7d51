namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>Messages passed shard by shard.</summary>
internal static class MessageStages
{
    public static IReadOnlyList<IJobStage> Of(GnnReRankSettings settings) => throw new NotImplementedException();
}
