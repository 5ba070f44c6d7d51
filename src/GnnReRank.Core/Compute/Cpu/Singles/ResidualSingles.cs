using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// At most two residual layers for queries that are no vertices: a query changes few lists, and what hangs on them is
/// made anew for it. Of the layers no more is kept than their norms.
/// </summary>
internal sealed class ResidualSingles : ISingleScoring
{
    /// <summary>The most layers: with each one more rows hang on a list.</summary>
    public const int MostLayers = 2;

    public ResidualSingles(
        MessageRecipe recipe, GalleryLists lists, ResidualMatrices matrices, IReadOnlyList<NativeBuffer<float>> norms,
        RowProducts? products)
    {
        Recipe = recipe;
        Lists = lists;
        Matrices = matrices;
        Norms = norms;
        Products = products;
        StartBounds = new ListBounds(lists.Graph, recipe.StartNeighbors);
        EdgeBounds = new ListBounds(lists.Graph, recipe.EdgeNeighbors);
        Load = new MemoryLoad(matrices.Bytes + (products is null ? 0 : products.Values.Length * sizeof(float)));
    }

    public MessageRecipe Recipe { get; }

    public GalleryLists Lists { get; }

    public int VertexCount => Lists.Graph.VertexCount;

    public ResidualMatrices Matrices { get; }

    /// <summary>1 / norm of each vertex's row after each layer; of H0 where there are no layers.</summary>
    public IReadOnlyList<NativeBuffer<float>> Norms { get; }

    /// <summary>
    /// Where there are two layers: what the last norms come from; null where there would be too many.
    /// </summary>
    public RowProducts? Products { get; }

    /// <summary>Tells the collector what goes with this object.</summary>
    public MemoryLoad Load { get; }

    /// <summary>The lists of A.</summary>
    public ListBounds StartBounds { get; }

    /// <summary>The lists of E.</summary>
    public ListBounds EdgeBounds { get; }

    /// <summary>Whether it serves a recipe.</summary>
    public static bool Serves(MessageRecipe recipe) =>
        recipe is { IsResidual: true, LayerCount: <= MostLayers, Aggregation: not MessageAggregation.Maximum };

    /// <summary>Whether the products of rows are kept for a recipe.</summary>
    public static bool KeepsProducts(MessageRecipe recipe) =>
        recipe is { LayerCount: 2, EdgeNeighbors: <= RowProducts.MostEdges };

    /// <summary>Makes a recipe ready.</summary>
    /// <exception cref="GnnReRankException">It outgrows the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ResidualSingles Prepare(
        MessageRecipe recipe, GalleryLists lists, MemoryBudget budget, ComputeOptions options)
    {
        int count = lists.Graph.VertexCount;
        int layers = Math.Max(1, recipe.LayerCount);
        StageReporter reporter = new(StageNames.Messages, (long)count * (1 + layers), StageUnits.LayerRows, options);
        ResidualMatrices matrices = ResidualMatrices.Of(lists.Graph, recipe, budget, reporter, options);
        NativeBuffer<float>[] norms = [.. Enumerable.Range(0, layers).Select(_ => new NativeBuffer<float>(count))];
        MessageLayer first = new(matrices.Start, mirror: null, matrices.Edges, residual: true);
        RowProducts? products = KeepsProducts(recipe) ? RowProducts.For(count, recipe.EdgeNeighbors) : null;
        if (layers == 1)
        {
            SparseRowBuilder.InverseNorms(norms[0], first.SumRow, reporter, options);
        }
        else
        {
            using SparseStorage storage = new(budget, "Layer 1", count);
            using SparseRows state = SparseRowBuilder.Build(norms[0], storage, first.SumRow, reporter, options);
            MessageLayer second = new(state, mirror: null, matrices.Edges, residual: true);
            if (products is null)
            {
                SparseRowBuilder.InverseNorms(norms[1], second.SumRow, reporter, options);
            }

            products?.Make(state, matrices.Edges!, norms[1], reporter, options);
        }

        reporter.Complete(FormattableString.Invariant($"{count:N0} vertices, {recipe.LayerCount} layers"));
        return new ResidualSingles(recipe, lists, matrices, norms, products);
    }

    public ISingleScorer CreateScorer() => new ResidualSingleScorer(this);

    public ISingleScoring After(GalleryLists lists, ReadOnlySpan<int> changed, ComputeOptions options) =>
        ResidualUpdate.Of(this, lists, changed, options);

    public void Write(IStateWriter writer) => ResidualKeeping.Write(this, writer);
}
