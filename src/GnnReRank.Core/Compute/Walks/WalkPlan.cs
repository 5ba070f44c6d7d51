using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Walks;

/// <summary>All that the walks of a job's queries share, on any device.</summary>
/// <param name="recipe">The walk.</param>
/// <param name="matrix">(1 - restart) S~.</param>
/// <param name="queryCount">Vertices before the gallery.</param>
/// <param name="gains">For each query what a unit of the logarithm is worth beside the cosine.</param>
internal sealed class WalkPlan(RestartWalkRecipe recipe, TransitionMatrix matrix, int queryCount, float[] gains)
{
    public TransitionMatrix Matrix { get; } = matrix;

    public int QueryCount { get; } = queryCount;

    public int GalleryCount => Matrix.Count - QueryCount;

    public int Steps { get; } = recipe.Steps;

    public float Restart { get; } = (float)recipe.Restart;

    /// <summary>
    /// Whether a row scores its cosine and gain * log(1 + n F / c): the order of log(F + c / n) - b d / scale, with
    /// unreached rows at their cosine. Else it scores F.
    /// </summary>
    public bool AddsToCosines { get; } = recipe.CosineWeight != 0;

    /// <summary>n / c.</summary>
    public float Density { get; } = (float)(matrix.Count / recipe.Floor);

    /// <summary>scale / (2 b) of each query.</summary>
    public float[] Gains { get; } = gains;

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
        double share = recipe.CosineWeight == 0 ? 0 : 1 / (2 * recipe.DistanceWeight);
        float[] gains = [.. edges.Scales.Take(queryCount).Select(scale => (float)(scale * share))];
        return new WalkPlan(recipe, matrix, queryCount, gains);
    }
}
