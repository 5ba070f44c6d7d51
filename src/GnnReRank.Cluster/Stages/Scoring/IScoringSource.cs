using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Cluster.Stages.Scoring;

/// <summary>A method's scores, from what its stages left.</summary>
internal interface IScoringSource
{
    /// <summary>Maps what the stages left; disposed before the context is.</summary>
    /// <exception cref="GnnReRankException">A part is missing or broken.</exception>
    IScoring Open(StageContext context);

    /// <summary>Bytes that <see cref="Open"/> holds beside mapped files.</summary>
    long SharedBytes(JobPlan plan);

    /// <summary>Bytes that each thread's scorer holds.</summary>
    long ThreadBytes(JobPlan plan);
}
