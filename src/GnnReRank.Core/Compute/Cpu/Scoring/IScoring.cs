namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>A recipe made ready for a graph: what all threads' scorers share.</summary>
internal interface IScoring : IDisposable
{
    /// <summary>Makes a thread's scorer, which must be gone before this is.</summary>
    IQueryScorer CreateScorer();
}
