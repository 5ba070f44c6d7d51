using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Stages.Lists;

/// <summary>Copies the features of each shard, and the norms of its rows.</summary>
internal sealed class ImportStage : IJobStage
{
    public string Name => StageContext.ImportStage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan) => throw new NotImplementedException();

    public void Run(StageContext context, int item) => throw new NotImplementedException();
}
