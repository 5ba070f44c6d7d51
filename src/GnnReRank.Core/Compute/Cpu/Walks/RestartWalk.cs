using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Walks;

/// <summary>A walk made ready for its graph.</summary>
/// <param name="matrix">(1 - restart) S~.</param>
/// <param name="recipe">The walk.</param>
/// <param name="queryCount">Vertices before the gallery.</param>
internal sealed class RestartWalk(TransitionMatrix matrix, RestartWalkRecipe recipe, int queryCount) : IScoring
{
    public IQueryScorer CreateScorer() => new WalkScorer(matrix, recipe, queryCount);

    public void Dispose()
    {
        // The matrix is the collector's.
    }
}
