using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Inverse;

/// <summary>
/// Solves for the rows of the inverse that are needed, each on the part of the graph that its vertex's nearest rows
/// span.
/// </summary>
internal sealed unsafe class GraphInverseStage
{
    private const int Chunk = 8;
    private const string TooLarge = "DiffusionTooLarge";
    private const string Advice = "Use a smaller TruncationSize, or fewer rows.";

    private readonly NeighborGraph _graph;
    private readonly GraphInverseRecipe _recipe;
    private readonly MemoryBudget _budget;
    private readonly ComputeOptions _options;

    private GraphInverseStage(
        NeighborGraph graph, GraphInverseRecipe recipe, MemoryBudget budget, ComputeOptions options) =>
        (_graph, _recipe, _budget, _options) = (graph, recipe, budget, options);

    /// <summary>Runs the stage.</summary>
    /// <exception cref="GnnReRankException">The rows outgrow the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static IScoring Run(
        NeighborGraph graph, GraphInverseRecipe recipe, MemoryBudget budget, ComputeOptions options)
    {
        GraphInverseStage stage = new(graph, recipe, budget, options);
        return recipe.Starts is null ? stage.CompareRows() : stage.SumRows(recipe.Starts);
    }

    // 0^0 is 1: without an exponent every edge counts the same. A cosine rounded above 1 must not grow with it.
    private double Weigh(float cosine) => Math.Pow(Math.Clamp(cosine, 0f, 1f), _recipe.EdgeExponent);

    private InverseRowProducts CompareRows()
    {
        int[] all = [.. Enumerable.Range(0, _graph.VertexCount)];
        using SparseRows rows = Solve(all, normalizes: true);
        SparseRows columns = SparseTranspose.Of(rows, Storage("The rows of the inverse, by column,"), _options);
        try
        {
            return new InverseRowProducts(Copied(rows, _graph.Query!.RowCount), columns, _graph.Query.RowCount);
        }
        catch
        {
            columns.Dispose();
            throw;
        }
    }

    private StartedRows SumRows(Ranking starts)
    {
        int[] started =
        [
            .. Enumerable.Range(0, starts.QueryCount).SelectMany(starts.GetIndices).Distinct().Order(),
        ];
        return new StartedRows(Solve(started, normalizes: false), starts, Weigh);
    }

    /// <summary>Solves for some rows; the others stay empty.</summary>
    private SparseRows Solve(int[] vertices, bool normalizes)
    {
        StageReporter reporter = new(StageNames.Inverse, vertices.Length, StageUnits.Rows, _options);
        _budget.Require(
            MutualEdges.BytesFor(_graph.VertexCount, _recipe.EdgeNeighbors), TooLarge,
            FormattableString.Invariant(
                $"A matrix of {_graph.VertexCount:N0} vertices x {_recipe.EdgeNeighbors:N0} edges"),
            "Use fewer Neighbors, or fewer rows.");
        using MutualEdges edges = new(_graph, _recipe.EdgeNeighbors, Weigh, _recipe.Damping, _options);
        SparseStorage storage = Storage("The rows of the inverse");
        SparseRows rows = new(_graph.VertexCount, storage);
        try
        {
            Workers.ForRanges(
                _options.ThreadCount, vertices.Length, Chunk,
                () => new Worker(edges, _graph.VertexCount, _recipe.PartSize, storage),
                (worker, from, to) =>
                {
                    for (int i = from; i < to; i++)
                    {
                        worker.Solve(vertices[i], PartOf(vertices[i]), normalizes, rows, _options.CancellationToken);
                    }

                    reporter.Advance(to - from);
                });
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        reporter.Complete(FormattableString.Invariant(
            $"{vertices.Length:N0} rows on parts of {_recipe.PartSize:N0} vertices, {rows.EntryCount:N0} entries"));
        return rows;
    }

    private ReadOnlySpan<int> PartOf(int vertex)
    {
        ReadOnlySpan<int> list = _graph.GetNeighborSpan(vertex)[.._recipe.PartSize];
        int padding = list.IndexOf(-1);
        return padding < 0 ? list : list[..padding];
    }

    /// <summary>The first rows in memory of their own.</summary>
    private SparseRows Copied(SparseRows rows, int count)
    {
        SparseStorage storage = Storage("The rows of the queries");
        SparseRows copy = new(count, storage);
        RowArena arena = new(storage);
        for (int row = 0; row < count; row++)
        {
            int length = rows.Length(row);
            arena.Reserve(length, out int* indices, out float* values);
            new ReadOnlySpan<int>(rows.Indices(row), length).CopyTo(new Span<int>(indices, length));
            new ReadOnlySpan<float>(rows.Values(row), length).CopyTo(new Span<float>(values, length));
            copy.SetRow(row, indices, values, length);
        }

        return copy;
    }

    private SparseStorage Storage(string what) => new(_budget, what, _graph.VertexCount, TooLarge, Advice);

    private sealed class Worker(MutualEdges edges, int vertexCount, int partSize, SparseStorage storage) : IDisposable
    {
        private readonly PartSolver _solver = new(edges, vertexCount, partSize);
        private readonly RowArena _arena = new(storage);

        public void Solve(
            int vertex, ReadOnlySpan<int> part, bool normalizes, SparseRows rows, CancellationToken cancellationToken)
        {
            ReadOnlySpan<double> solution = _solver.Solve(part, cancellationToken);
            double squared = 0;
            int length = 0;
            foreach (double value in solution)
            {
                squared += value * value;
                length += value != 0 ? 1 : 0;
            }

            double scale = normalizes ? 1 / Math.Sqrt(squared) : 1;
            _arena.Reserve(length, out int* indices, out float* values);
            int entry = 0;
            for (int place = 0; place < part.Length; place++)
            {
                if (solution[place] != 0)
                {
                    indices[entry] = part[place];
                    values[entry++] = (float)(solution[place] * scale);
                }
            }

            rows.SetRow(vertex, indices, values, length);
        }

        public void Dispose()
        {
            _solver.Dispose();
            _arena.Dispose();
        }
    }
}
