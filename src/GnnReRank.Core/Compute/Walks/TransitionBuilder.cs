using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Walks;

/// <summary>
/// From neighbour lists to the matrix of a walk. With w the weights of the lists and w doubled where two vertices list each other,
/// W = (w + w^T) / 2, D its row sums, S~ = D^-1/2 W D^-1/2.
/// </summary>
internal sealed class TransitionBuilder
{
    private const int Chunk = 1024;

    private readonly NeighborGraph _graph;
    private readonly RestartWalkRecipe _recipe;
    private readonly ComputeOptions _options;
    private readonly int _count;
    private readonly int _edgeCount;
    private readonly double[] _weights;
    private readonly int[] _mutual;
    private readonly int[] _offsets;

    private TransitionBuilder(NeighborGraph graph, RestartWalkRecipe recipe, ComputeOptions options)
    {
        (_graph, _recipe, _options) = (graph, recipe, options);
        (_count, _edgeCount) = (graph.VertexCount, recipe.EdgeCount);
        _weights = EdgeWeights.Of(graph, recipe);
        _mutual = new int[_weights.Length];
        _offsets = GC.AllocateArray<int>(_count + 1, pinned: true);
    }

    /// <summary>Makes the matrix.</summary>
    /// <param name="graph">The lists, the vertex itself first.</param>
    /// <param name="recipe">The walk.</param>
    /// <param name="budget">What may be used.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The matrix does not fit.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static TransitionMatrix Build(NeighborGraph graph, RestartWalkRecipe recipe, MemoryBudget budget, ComputeOptions options)
    {
        Require(graph, recipe, budget);
        StageReporter reporter = new(StageNames.Edges, graph.VertexCount, StageUnits.Rows, options);
        TransitionBuilder builder = new(graph, recipe, options);
        builder.FindMutual();
        builder.CountEntries();
        TransitionMatrix matrix = builder.Fill(reporter);
        reporter.Complete(FormattableString.Invariant(
            $"{matrix.Count:N0} vertices, {(double)matrix.Columns.Length / matrix.Count:0.0} edges a vertex"));
        return matrix;
    }

    /// <summary>The bytes of the matrix and of what it is made in, at most.</summary>
    public static long BytesFor(long vertexCount, int edgeCount) =>
        vertexCount * edgeCount * ((sizeof(double) + sizeof(int)) + (2 * (sizeof(int) + sizeof(double) + sizeof(float))));

    private static void Require(NeighborGraph graph, RestartWalkRecipe recipe, MemoryBudget budget)
    {
        long entries = 2L * graph.VertexCount * recipe.EdgeCount;
        budget.Require(
            entries > Array.MaxLength ? long.MaxValue / 2 : BytesFor(graph.VertexCount, recipe.EdgeCount), "WalkTooLarge",
            FormattableString.Invariant($"The edges of a walk over {graph.VertexCount:N0} vertices x {recipe.EdgeCount:N0} neighbours"),
            "Use fewer neighbours (-Neighbors), or fewer rows.");
    }

    private ReadOnlySpan<int> Neighbors(int vertex)
    {
        ReadOnlySpan<int> row = _graph.GetNeighborSpan(vertex).Slice(1, _edgeCount);
        int padding = row.IndexOf(-1);
        return padding < 0 ? row : row[..padding];
    }

    /// <summary>For each entry of a list the place of the vertex in the other's list, or -1.</summary>
    private void FindMutual() => Workers.ForRanges(_options.ThreadCount, _count, Chunk, (from, to) =>
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        for (int vertex = from; vertex < to; vertex++)
        {
            ReadOnlySpan<int> neighbors = Neighbors(vertex);
            for (int place = 0; place < neighbors.Length; place++)
            {
                _mutual[((long)vertex * _edgeCount) + place] = Neighbors(neighbors[place]).IndexOf(vertex);
            }
        }
    });

    /// <summary>Where each row begins: it has the vertex's own neighbours, and those that list it and are none of these.</summary>
    private void CountEntries()
    {
        for (int vertex = 0; vertex < _count; vertex++)
        {
            ReadOnlySpan<int> neighbors = Neighbors(vertex);
            _offsets[vertex + 1] += neighbors.Length;
            for (int place = 0; place < neighbors.Length; place++)
            {
                _offsets[neighbors[place] + 1] += _mutual[((long)vertex * _edgeCount) + place] < 0 ? 1 : 0;
            }
        }

        for (int vertex = 0; vertex < _count; vertex++)
        {
            _offsets[vertex + 1] += _offsets[vertex];
        }
    }

    private TransitionMatrix Fill(StageReporter reporter)
    {
        int[] columns = GC.AllocateUninitializedArray<int>(_offsets[_count], pinned: true);
        double[] weights = new double[columns.Length];
        Scatter(columns, weights);
        double[] roots = new double[_count];
        Workers.ForRanges(_options.ThreadCount, _count, Chunk, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                Range entries = _offsets[row].._offsets[row + 1];
                columns.AsSpan()[entries].Sort(weights.AsSpan()[entries]);
                roots[row] = Math.Sqrt(Sum(weights.AsSpan()[entries]));
            }

            reporter.Advance(to - from);
        });

        float[] values = GC.AllocateUninitializedArray<float>(columns.Length, pinned: true);
        Workers.ForRanges(_options.ThreadCount, _count, Chunk, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                for (int entry = _offsets[row]; entry < _offsets[row + 1]; entry++)
                {
                    double product = roots[row] * roots[columns[entry]];
                    values[entry] = product > 0 ? (float)((1 - _recipe.Restart) * weights[entry] / product) : 0f;
                }
            }
        });
        return new TransitionMatrix(_offsets, columns, values);
    }

    /// <summary>Writes the entries of W, each row in any order but one that no thread decides.</summary>
    private void Scatter(int[] columns, double[] weights)
    {
        int[] ends = [.. _offsets.AsSpan(0, _count)];
        for (int vertex = 0; vertex < _count; vertex++)
        {
            if (vertex % Chunk == 0)
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
            }

            ReadOnlySpan<int> neighbors = Neighbors(vertex);
            for (int place = 0; place < neighbors.Length; place++)
            {
                int neighbor = neighbors[place];
                long at = ((long)vertex * _edgeCount) + place;
                int back = _mutual[at];
                double weight = back < 0 ? _weights[at] / 2 : _weights[at] + _weights[((long)neighbor * _edgeCount) + back];
                (columns[ends[vertex]], weights[ends[vertex]++]) = (neighbor, weight);
                if (back < 0)
                {
                    (columns[ends[neighbor]], weights[ends[neighbor]++]) = (vertex, weight);
                }
            }
        }
    }

    private static double Sum(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        return sum;
    }
}
