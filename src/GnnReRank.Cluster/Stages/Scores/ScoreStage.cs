using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Stages.Scores;

internal sealed class ScoreStage : IJobStage
{
    public string Name => "score";

    public int CountItems(JobPlan plan) => throw new NotImplementedException();

    public ItemEstimate Estimate(JobPlan plan) => throw new NotImplementedException();

    public void Run(StageContext context, int item) => throw new NotImplementedException();
}
