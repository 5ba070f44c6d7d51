using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Walks;

/// <summary>From the edges of a walk to its matrix: W = (w + w^T) / 2, D its row sums, S~ = D^-1/2 W D^-1/2.</summary>
internal sealed class TransitionBuilder
{
    private const int Chunk = 1024;

    private readonly WalkEdges _edges;
    private readonly ComputeOptions _options;
    private readonly int _count;
    private readonly int _mostEdges;
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly double[] _weights;
    private readonly int[] _lengths;

    private TransitionBuilder(WalkEdges edges, int mostEdges, ComputeOptions options)
    {
        (_edges, _mostEdges, _options) = (edges, mostEdges, options);
        _count = edges.Scales.Length;
        _starts = new int[_count + 1];
        _lengths = new int[_count];
        CountEntries();
        _columns = new int[_starts[_count]];
        _weights = new double[_starts[_count]];
    }

    /// <summary>The bytes of edges and matrix while they are made, at most.</summary>
    public static long BytesFor(long vertexCount, int mostEdges) =>
        vertexCount * mostEdges * (
            (sizeof(int) + sizeof(double)) + (2 * ((2 * sizeof(int)) + sizeof(double) + sizeof(float))));

    /// <summary>Fails where the matrix cannot be held.</summary>
    /// <exception cref="GnnReRankException">It does not fit.</exception>
    public static void Require(long vertexCount, int mostEdges, MemoryBudget budget) => budget.Require(
        2 * vertexCount * mostEdges > Array.MaxLength ? long.MaxValue / 2 : BytesFor(vertexCount, mostEdges),
        "WalkTooLarge",
        FormattableString.Invariant($"A walk over {vertexCount:N0} vertices with up to {mostEdges:N0} edges each"),
        "Use fewer neighbours (-Neighbors), or fewer rows.");

    /// <summary>Makes the matrix.</summary>
    /// <param name="edges">The edges.</param>
    /// <param name="recipe">The walk.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static TransitionMatrix Build(WalkEdges edges, RestartWalkRecipe recipe, ComputeOptions options)
    {
        TransitionBuilder builder = new(edges, recipe.Edges.MostEdges, options);
        builder.Scatter();
        return builder.Normalize(1 - recipe.Restart);
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

    /// <summary>Room for each vertex's own edges and for those that come to it.</summary>
    private void CountEntries()
    {
        for (int slot = 0; slot < _edges.Targets.Length; slot++)
        {
            if (_edges.Targets[slot] >= 0)
            {
                _starts[(slot / _mostEdges) + 1]++;
                _starts[_edges.Targets[slot] + 1]++;
            }
        }

        for (int vertex = 0; vertex < _count; vertex++)
        {
            _starts[vertex + 1] += _starts[vertex];
        }
    }

    /// <summary>Each edge half there and half back.</summary>
    private void Scatter()
    {
        for (int slot = 0; slot < _edges.Targets.Length; slot++)
        {
            if (slot % Chunk == 0)
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
            }

            if (_edges.Targets[slot] >= 0)
            {
                Add(slot / _mostEdges, _edges.Targets[slot], _edges.Weights[slot] / 2);
                Add(_edges.Targets[slot], slot / _mostEdges, _edges.Weights[slot] / 2);
            }
        }
    }

    private void Add(int row, int column, double weight)
    {
        int entry = _starts[row] + _lengths[row]++;
        (_columns[entry], _weights[entry]) = (column, weight);
    }

    private TransitionMatrix Normalize(double share)
    {
        double[] roots = new double[_count];
        ForRows(row =>
        {
            Unite(row);
            roots[row] = Math.Sqrt(Sum(_weights.AsSpan(_starts[row], _lengths[row])));
        });

        int[] offsets = GC.AllocateUninitializedArray<int>(_count + 1, pinned: true);
        offsets[0] = 0;
        for (int row = 0; row < _count; row++)
        {
            offsets[row + 1] = offsets[row] + _lengths[row];
        }

        int[] columns = GC.AllocateUninitializedArray<int>(offsets[_count], pinned: true);
        float[] values = GC.AllocateUninitializedArray<float>(offsets[_count], pinned: true);
        ForRows(row =>
        {
            for (int entry = 0; entry < _lengths[row]; entry++)
            {
                int column = _columns[_starts[row] + entry];
                double product = roots[row] * roots[column];
                columns[offsets[row] + entry] = column;
                double value = share * _weights[_starts[row] + entry];
                values[offsets[row] + entry] = product > 0 ? (float)(value / product) : 0f;
            }
        });
        return new TransitionMatrix(offsets, columns, values, roots);
    }

    /// <summary>Orders a row, and adds up what an edge and the one back share.</summary>
    private void Unite(int row)
    {
        Span<int> columns = _columns.AsSpan(_starts[row], _lengths[row]);
        Span<double> weights = _weights.AsSpan(_starts[row], _lengths[row]);
        columns.Sort(weights);
        int length = 0;
        for (int entry = 0; entry < columns.Length; entry++)
        {
            if (length > 0 && columns[length - 1] == columns[entry])
            {
                weights[length - 1] += weights[entry];
            }
            else
            {
                (columns[length], weights[length++]) = (columns[entry], weights[entry]);
            }
        }

        _lengths[row] = length;
    }

    private void ForRows(Action<int> body) => Workers.ForRanges(_options.ThreadCount, _count, Chunk, (from, to) =>
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        for (int row = from; row < to; row++)
        {
            body(row);
        }
    });
}
