using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Walks;

/// <summary>A walk made ready for its graph.</summary>
/// <typeparam name="TRows">Where the matrix lies.</typeparam>
/// <param name="terms">What all threads' walks share.</param>
/// <param name="rows">The matrix.</param>
internal sealed class RestartWalk<TRows>(WalkTerms terms, TRows rows) : IScoring
    where TRows : struct, IWalkRows
{
    public IQueryScorer CreateScorer() => new WalkScorer<TRows>(terms, rows);

    // Most matrices are the collector's.
    public void Dispose() => (rows as IDisposable)?.Dispose();
}
