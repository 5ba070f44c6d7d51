using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Scores;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Cluster.Stages.Messages;

internal sealed class MessageScoringSource(GnnReRankSettings settings) : IScoringSource
{
    public IScoring Open(StageContext context) => throw new NotImplementedException(settings.Method);

    public long SharedBytes(JobPlan plan) => throw new NotImplementedException();

    public long ThreadBytes(JobPlan plan) => throw new NotImplementedException();
}
