using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>What residual layers are made of, of a gallery's lists. The memory is the collector's.</summary>
internal sealed class ResidualMatrices
{
    /// <param name="start">H0.</param>
    /// <param name="edges">E.</param>
    /// <param name="reversed">E^T.</param>
    /// <param name="changedRows">Rows that were set anew since all were made together.</param>
    public ResidualMatrices(SparseRows start, SparseRows? edges, SparseRows? reversed, int changedRows = 0)
    {
        ChangedRows = changedRows;
        Start = start;
        Edges = edges;
        Reversed = reversed;
    }

    /// <summary>H0 = (A + A^T) / 2, rows ascending.</summary>
    public SparseRows Start { get; }

    /// <summary>E; null without layers.</summary>
    public SparseRows? Edges { get; }

    /// <summary>E^T, rows ascending: who sends to whom; null without layers.</summary>
    public SparseRows? Reversed { get; }

    /// <summary>Rows that were set anew since all were made together: those before them are still in memory.</summary>
    public int ChangedRows { get; }

    /// <summary>What they take, apart from rows that others share.</summary>
    public long Bytes => BytesOf(Start) + BytesOf(Edges) + BytesOf(Reversed);

    /// <summary>Makes them.</summary>
    /// <exception cref="GnnReRankException">They outgrow the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ResidualMatrices Of(
        NeighborGraph graph, MessageRecipe recipe, MemoryBudget budget, StageReporter reporter, ComputeOptions options)
    {
        SparseRows start = StartOf(graph, recipe, budget, reporter, options);
        if (recipe.LayerCount == 0)
        {
            return new ResidualMatrices(start, edges: null, reversed: null);
        }

        int width = Math.Min(recipe.EdgeNeighbors, graph.NeighborCount);
        bool isMean = recipe.Aggregation == MessageAggregation.Mean;
        SparseRows edges = GraphMatrices.Edges(graph, width, recipe.EdgeExponent, isMean, budget, options);
        SparseRows reversed = SparseTranspose.Of(
            edges, new SparseStorage(budget, "The transposed matrix of edge weights", graph.VertexCount), options);
        return new ResidualMatrices(start, edges, reversed);
    }

    /// <summary>Takes the rows in that send to any of some rows.</summary>
    public unsafe void AddSenders(ReadOnlySpan<int> rows, RowSet senders)
    {
        foreach (int row in rows)
        {
            // Beyond the gallery is the query, whose senders are known to whoever made it a vertex.
            if (row < Reversed!.Count)
            {
                senders.AddAll(new ReadOnlySpan<int>(Reversed.Indices(row), Reversed.Length(row)));
            }
        }
    }

    private unsafe long BytesOf(SparseRows? rows) => rows is null
        ? 0
        : (ChangedRows > 0 ? 0 : rows.EntryCount * (sizeof(int) + sizeof(float))) +
            (rows.Count * (2L * sizeof(nint) + sizeof(int)));

    private static SparseRows StartOf(
        NeighborGraph graph, MessageRecipe recipe, MemoryBudget budget, StageReporter reporter, ComputeOptions options)
    {
        int count = graph.VertexCount;
        int width = Math.Min(recipe.StartNeighbors, graph.NeighborCount);
        using SparseRows adjacency = GraphMatrices.Adjacency(graph, width, budget, options);
        using SparseRows transposed = SparseTranspose.Of(
            adjacency, new SparseStorage(budget, "The transposed adjacency matrix", count), options);
        return SymmetricAdjacency.Of(
            adjacency, transposed, 0.5f, new SparseStorage(budget, "The start matrix", count), reporter, options);
    }
}
