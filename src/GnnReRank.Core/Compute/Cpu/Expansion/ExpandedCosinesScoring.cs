using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Expansion;

/// <summary>
/// Mean cosines with expanded rows. A query's are the products of the gallery with the mean of its expanded rows; a
/// gallery row's are read from the cosines of the query, which are there for the gallery and multiplied for the other
/// queries.
/// </summary>
internal sealed class ExpandedCosinesScoring : IScoring
{
    private readonly ExpandedNeighbors _expanded;
    private readonly MeanRows _means;
    private readonly VertexRows _meanRows;
    private readonly VertexRows _queryRows;
    private readonly PackedRows<float> _queries;
    private readonly PackedRows<float> _gallery;
    private readonly TileKernel _kernel;

    private ExpandedCosinesScoring(
        NeighborGraph graph, ExpandedCosinesRecipe recipe, TileKernel kernel, MemoryBudget budget,
        ComputeOptions options)
    {
        _kernel = kernel;
        FeatureMatrix query = graph.Query!;
        FeatureMatrix gallery = graph.Gallery!;
        Require(query, gallery, budget);
        StageReporter reporter = new(StageNames.Expansion, query.RowCount, StageUnits.Queries, options);
        SparseStorage storage = new(
            budget, "The expanded neighbours", graph.VertexCount, "ExpansionTooLarge",
            "Use smaller ExpansionCount and SecondExpansionCount, or fewer rows.");
        _expanded = new ExpandedNeighbors(graph, recipe.Near, recipe.Next, storage, options);
        _means = MeanRows.Of(query, gallery, _expanded, reporter, options);
        _meanRows = new VertexRows(null, _means.Matrix);
        _queryRows = new VertexRows(null, query);
        using VertexRows galleryRows = new(null, gallery);
        _queries = PackedColumns.All(_queryRows, kernel, options);
        _gallery = PackedColumns.All(galleryRows, kernel, options);
        reporter.Complete(FormattableString.Invariant($"{query.RowCount:N0} means of {_expanded.MostEntries:N0} rows"));
    }

    /// <summary>Makes the recipe ready.</summary>
    /// <exception cref="GnnReRankException">It outgrows the budget.</exception>
    public static ExpandedCosinesScoring Run(
        NeighborGraph graph, ExpandedCosinesRecipe recipe, TileKernel kernel, MemoryBudget budget,
        ComputeOptions options) =>
        new(graph, recipe, kernel, budget, options);

    public IQueryScorer CreateScorer() => new ExpandedCosinesScorer(
        _expanded, _means, _queryRows.Count, _gallery.Count,
        new CosineBlock(_kernel, _meanRows, _gallery, ExpandedCosinesScorer.MostQueries),
        new CosineBlock(_kernel, _queryRows, _queries, ExpandedCosinesScorer.MostQueries));

    public void Dispose()
    {
        _gallery.Dispose();
        _queries.Dispose();
        _queryRows.Dispose();
        _meanRows.Dispose();
        _expanded.Dispose();
    }

    private static void Require(FeatureMatrix query, FeatureMatrix gallery, MemoryBudget budget)
    {
        // The means, and query and gallery once more as the kernel reads them.
        long rows = (2L * query.RowCount) + gallery.RowCount;
        const string advice = "Use fewer rows, or compare lists (Form Rank).";
        string what = FormattableString.Invariant(
            $"The mean rows of {query.RowCount:N0} queries, beside {gallery.RowCount:N0} gallery rows,");
        budget.Require(rows * query.Dimension * sizeof(float), "ExpansionTooLarge", what, advice);
        long values = (long)query.RowCount * query.Dimension;
        if (values > Array.MaxLength)
        {
            throw new GnnReRankException(
                "ExpansionTooLarge", ErrorKind.TooLarge,
                FormattableString.Invariant($"{what} have {values:N0} values; {Array.MaxLength:N0} can be held at most. ") +
                "Rank fewer queries at a time.");
        }
    }
}
