using System.Diagnostics;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>Gives a query's cosines to a scorer of single queries, which finds the query's place by them.</summary>
/// <param name="scorer">The thread's scorer, disposed with this.</param>
internal sealed unsafe class SingleQueryScorer(ISingleScorer scorer) : IQueryScorer
{
    private CancellationToken _cancellationToken;

    public int GroupSize => 1;

    public bool UsesCosines => true;

    public void Score(int first, int count, CancellationToken cancellationToken) =>
        _cancellationToken = cancellationToken;

    public float* Row(int offset) => throw new UnreachableException("Single queries are scored by their cosines.");

    public float* Row(int offset, float* cosines) => scorer.Score(cosines, _cancellationToken);

    public void Dispose() => scorer.Dispose();
}
