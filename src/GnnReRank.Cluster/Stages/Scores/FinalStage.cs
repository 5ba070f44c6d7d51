using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Stages.Scores;

internal sealed class FinalStage : IJobStage
{
    public string Name => "final";

    public int CountItems(JobPlan plan) => throw new NotImplementedException();

    public ItemEstimate Estimate(JobPlan plan) => throw new NotImplementedException();

    public void Run(StageContext context, int item) => throw new NotImplementedException();
}
