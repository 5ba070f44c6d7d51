using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Expansion;

/// <summary>
/// Overlaps of expanded lists: with F a list's weights by row and B its expansion, B F F^T + (B F F^T)^T between
/// queries and gallery, through an inverted index of F.
/// </summary>
internal sealed unsafe class ExpandedListsScoring : IScoring
{
    private const string TooLarge = "ExpansionTooLarge";
    private const string Advice = "Use smaller Neighbors, ExpansionCount and SecondExpansionCount, or fewer rows.";

    private readonly ListTable _lists;
    private readonly NativeBuffer<float> _weights;

    private ExpandedListsScoring(
        NeighborGraph graph, ExpandedListsRecipe recipe, MemoryBudget budget, ComputeOptions options)
    {
        StageReporter reporter = new(StageNames.Expansion, graph.VertexCount, StageUnits.Rows, options);
        QueryCount = graph.Query!.RowCount;
        _lists = ListTable.Of(graph, recipe.ListLength, Storage("The lists"), options);
        _weights = new NativeBuffer<float>(recipe.ListLength);
        for (int place = 0; place < recipe.ListLength; place++)
        {
            _weights.Pointer[place] = recipe.ListLength - place;
        }

        Lists = _lists.Rows(recipe.ListLength, _weights.Pointer);
        Members = SparseTranspose.Of(Lists, Storage("The lists, by member,"), options);
        Expanded = new ExpandedNeighbors(graph, recipe.Near, recipe.Next, Storage("The expanded neighbours"), options);
        reporter.Complete(FormattableString.Invariant(
            $"{graph.VertexCount:N0} lists of {recipe.ListLength:N0} rows, {Expanded.MostEntries:N0} expanded a row"));

        SparseStorage Storage(string what) => new(budget, what, graph.VertexCount, TooLarge, Advice);
    }

    public int QueryCount { get; }

    /// <summary>F: the weight of each member of a list.</summary>
    public SparseRows Lists { get; }

    /// <summary>F^T.</summary>
    public SparseRows Members { get; }

    /// <summary>B, before it is divided.</summary>
    public ExpandedNeighbors Expanded { get; }

    /// <summary>Makes the recipe ready.</summary>
    /// <exception cref="GnnReRankException">It outgrows the budget.</exception>
    public static ExpandedListsScoring Run(
        NeighborGraph graph, ExpandedListsRecipe recipe, MemoryBudget budget, ComputeOptions options) =>
        new(graph, recipe, budget, options);

    public IQueryScorer CreateScorer() => new ExpandedListsScorer(this);

    public void Dispose()
    {
        Expanded.Dispose();
        Members.Dispose();
        Lists.Dispose();
        _weights.Dispose();
        _lists.Dispose();
    }
}
