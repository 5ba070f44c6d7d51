using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Walks;

/// <summary>All that the walks of a job's queries share, where the matrix is in memory.</summary>
internal sealed class WalkPlan : WalkTerms
{
    private WalkPlan(RestartWalkRecipe recipe, TransitionMatrix matrix, ReadOnlySpan<double> scales)
        : base(recipe, matrix.Count, scales.Length, scales) => Matrix = matrix;

    /// <summary>(1 - restart) S~.</summary>
    public TransitionMatrix Matrix { get; }

    /// <summary>Makes the plan of a job.</summary>
    /// <param name="lists">The lists that the recipe asks for.</param>
    /// <param name="recipe">The walk.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    /// <param name="budget">What may be used.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">It does not fit.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static WalkPlan Of(
        GraphLists lists, RestartWalkRecipe recipe, int queryCount, MemoryBudget budget, ComputeOptions options)
    {
        int count = lists.Graph.VertexCount;
        TransitionBuilder.Require(count, recipe.Edges.MostEdges, budget);
        StageReporter reporter = new(StageNames.Edges, count, StageUnits.Rows, options);
        WalkEdges edges = WalkEdges.Of(lists, recipe.Edges, queryCount, options);
        TransitionMatrix matrix = TransitionBuilder.Build(edges, recipe, options);
        reporter.Complete(FormattableString.Invariant(
            $"{count:N0} vertices, {(double)matrix.Columns.Length / count:0.0} edges each"));
        return new WalkPlan(recipe, matrix, edges.Scales.AsSpan(0, queryCount));
    }
}
