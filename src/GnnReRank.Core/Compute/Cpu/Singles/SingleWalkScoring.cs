using GnnReRank.Compute.Jobs;
using GnnReRank.Compute.Walks;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// Walks with restart of queries outside the graph. The gallery's own S~ stays as it is; a query is a vertex beside it
/// with edges to its nearest rows alone: W_qj = w_qj / 2, S~_qj = W_qj / sqrt(D_q D_j), D_q their sum and D_j the
/// gallery's.
/// </summary>
internal sealed class SingleWalkScoring : ISingleScoring
{
    private readonly RestartWalkRecipe _recipe;

    private SingleWalkScoring(RestartWalkRecipe recipe, TransitionMatrix matrix, int liveCount)
    {
        (_recipe, Matrix) = (recipe, matrix);
        Density = (float)((liveCount + 1) / recipe.Floor);
        GainOfScale = recipe.CosineWeight == 0 ? 0 : 1 / (2 * recipe.DistanceWeight);
    }

    /// <summary>(1 - restart) S~ of the gallery.</summary>
    public TransitionMatrix Matrix { get; }

    /// <summary>Rows that a query has edges to, where there are so many.</summary>
    public int EdgeCount => _recipe.Edges.Count;

    /// <summary>The place among the nearest, from 1, whose distance is the query's scale.</summary>
    public int ScalePlace => _recipe.Edges.ScalePlace;

    public double Width => _recipe.Edges.Width;

    public int Steps => _recipe.Steps;

    public float Restart => (float)_recipe.Restart;

    /// <summary>1 - restart.</summary>
    public double Share => 1 - _recipe.Restart;

    /// <summary>Whether a row scores its cosine and what the walk adds to it; else it scores the walk alone.</summary>
    public bool AddsToCosines => _recipe.CosineWeight != 0;

    /// <summary>n / c, the query counted in n.</summary>
    public float Density { get; }

    /// <summary>1 / (2 b): times the query's scale what a unit of the logarithm is worth beside the cosine.</summary>
    public double GainOfScale { get; }

    /// <summary>Makes the gallery's matrix.</summary>
    /// <param name="recipe">The walk; without cameras.</param>
    /// <param name="lists">The gallery's lists.</param>
    /// <param name="budget">What may be used.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">It does not fit.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static SingleWalkScoring Prepare(
        RestartWalkRecipe recipe, GalleryLists lists, MemoryBudget budget, ComputeOptions options)
    {
        // Lists of a gallery of few rows are shorter than a recipe may ask for.
        int others = lists.Graph.NeighborCount - 1;
        RestartWalkRecipe fitted = recipe with
        {
            Edges = recipe.Edges with
            {
                Count = Math.Min(recipe.Edges.Count, others), ScalePlace = Math.Min(recipe.Edges.ScalePlace, others),
            },
        };
        int count = lists.Graph.VertexCount;
        TransitionBuilder.Require(count, fitted.Edges.MostEdges, budget);
        StageReporter reporter = new(StageNames.Edges, count, StageUnits.Rows, options);
        WalkEdges edges = WalkEdges.Of(new GraphLists(lists.Graph), fitted.Edges, queryCount: 0, options);
        TransitionMatrix matrix = TransitionBuilder.Build(edges, fitted, options);
        reporter.Complete(FormattableString.Invariant(
            $"{count:N0} vertices, {(double)matrix.Columns.Length / count:0.0} edges each"));
        return new SingleWalkScoring(recipe, matrix, lists.LiveCount);
    }

    public ISingleScorer CreateScorer() => new SingleWalkScorer(this);

    /// <summary>Makes the matrix anew: that takes less than finding the changed neighbours did.</summary>
    public ISingleScoring After(GalleryLists lists, ReadOnlySpan<int> changed, ComputeOptions options) =>
        Prepare(_recipe, lists, MemoryBudget.OfMachine(), options);

    /// <summary>Keeps nothing: the matrix is quickly made of the lists.</summary>
    public void Write(IStateWriter writer)
    {
    }
}
