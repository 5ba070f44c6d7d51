using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// The norms of two layers with one query, from those without it: ||x + y||^2 = ||x||^2 + 2 x y + ||y||^2, where y,
/// what the query adds to a row, has few entries. One thread's.
/// </summary>
internal sealed unsafe class NormChanges : IDisposable
{
    // Lists that all name the same few rows make columns as long as the gallery: rows are summed then.
    private const long LeastEntries = 1L << 23;
    private const long EntriesPerVertex = 128;

    private readonly ResidualSingles _state;
    private readonly QueryPatch _patch;
    private readonly RowDifferences _differences;
    private readonly ColumnEntries _entries;
    private readonly int _query;
    private readonly RowSet _changed;

    public NormChanges(ResidualSingles state, QueryPatch patch)
    {
        _state = state;
        _patch = patch;
        _differences = new RowDifferences(state, patch);
        _entries = new ColumnEntries(state.Matrices);
        _query = state.VertexCount;
        _changed = new RowSet(_query + 1);
    }

    /// <summary>
    /// Whether it serves a state. Where lists are shorter than k2, a query changes all weights of a mean.
    /// </summary>
    public static bool Serves(ResidualSingles state) =>
        state.Products is not null &&
        (state.Recipe.Aggregation == MessageAggregation.Sum || state.Lists.LiveCount >= state.Recipe.EdgeNeighbors);

    /// <summary>Makes the first layer's norms, and all ready for the second's.</summary>
    /// <param name="changed">The rows of the first layer that the query changed, its own among them.</param>
    /// <param name="norms">1 / norm of all rows of the first layer; those of the changed ones are made anew.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    /// <returns>Whether it is worth it.</returns>
    public bool TryRenewFirst(ReadOnlySpan<int> changed, float* norms, CancellationToken cancellationToken)
    {
        _changed.AddAll(changed);
        _patch.FindDifferences();
        _differences.Find(changed);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_entries.TryFind(_differences.Columns, Math.Max(LeastEntries, _query * EntriesPerVertex)))
        {
            return false;
        }

        cancellationToken.ThrowIfCancellationRequested();
        foreach (int row in changed)
        {
            double squared = _differences.Add(row, 1);
            if (row != _query)
            {
                double before = _state.Norms[0].Pointer[row];
                squared += (1 / (before * before)) + (2 * _entries.Dot(row, _differences.Vector));
            }

            _differences.Remove(row);
            norms[row] = (float)(1 / Math.Sqrt(squared));
        }

        return true;
    }

    /// <summary>1 / norm of a gallery row of the second layer.</summary>
    /// <param name="row">The row.</param>
    /// <param name="norms">1 / norm of all rows of the first layer.</param>
    public float LastNorm(int row, float* norms)
    {
        SparseRows before = _state.Matrices.Edges!;
        int length = before.Length(row);
        int first = RowProducts.FirstOther(before, row);
        int* neighbors = before.Indices(row);
        float* weights = _patch.Edges!.Values(row);

        // The terms of the sum, the row's own first: their factors, and how much longer each has become.
        Span<double> scales = stackalloc double[RowProducts.MostEdges];
        double added = 0;
        double met = 0;
        int terms = 0;
        for (int edge = first - 1; edge < length; edge++)
        {
            bool isOwn = edge == first - 1;
            int term = isOwn ? row : neighbors[edge];
            double factor = (isOwn ? 1 + (first == 1 ? weights[0] : 0) : weights[edge]) * (double)norms[term];
            scales[terms++] = factor / _state.Norms[0].Pointer[term];
            added += _differences.Add(term, factor);
        }

        bool leadsToQuery = _patch.Edges.Length(row) > length;
        if (leadsToQuery)
        {
            added += _differences.Add(_query, weights[length] * (double)norms[_query]);
        }

        for (int edge = first - 1; edge < length; edge++)
        {
            int term = edge == first - 1 ? row : neighbors[edge];
            met += scales[edge - first + 1] * _state.Norms[0].Pointer[term] * _entries.Dot(term, _differences.Vector);
        }

        for (int edge = first - 1; edge < length; edge++)
        {
            _differences.Remove(edge == first - 1 ? row : neighbors[edge]);
        }

        if (leadsToQuery)
        {
            _differences.Remove(_query);
        }

        return (float)(1 / Math.Sqrt(Squared(scales[..terms], _state.Products!.Of(row)) + (2 * met) + added));
    }

    /// <summary>Forgets the query.</summary>
    public void Clear()
    {
        _differences.Clear(_changed.Rows);
        _entries.Clear();
        _changed.Clear();
    }

    public void Dispose() => _differences.Dispose();

    /// <summary>The squared norm of a sum of rows of norm 1.</summary>
    private static double Squared(ReadOnlySpan<double> scales, float* products)
    {
        double sum = 0;
        for (int left = 0; left < scales.Length; left++)
        {
            sum += scales[left] * scales[left];
            for (int right = left + 1; right < scales.Length; right++)
            {
                sum += 2 * scales[left] * scales[right] * *products++;
            }
        }

        return sum;
    }
}
