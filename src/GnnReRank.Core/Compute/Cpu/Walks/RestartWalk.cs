using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Walks;

/// <summary>A walk made ready for its graph.</summary>
/// <param name="plan">What all threads' walks share.</param>
internal sealed class RestartWalk(WalkPlan plan) : IScoring
{
    public IQueryScorer CreateScorer() => new WalkScorer(plan);

    public void Dispose()
    {
        // The matrix is the collector's.
    }
}
