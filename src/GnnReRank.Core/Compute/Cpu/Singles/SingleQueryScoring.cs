using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>Serves a job's queries one at a time, each as if it were the only one.</summary>
/// <param name="scoring">What is ready for the gallery's graph.</param>
internal sealed class SingleQueryScoring(ISingleScoring scoring) : IScoring
{
    public IQueryScorer CreateScorer() => new SingleQueryScorer(scoring.CreateScorer());

    public void Dispose()
    {
        // What is ready is the collector's.
    }
}
