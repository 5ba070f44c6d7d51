using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// The scores of one query: its last row is multiplied with H = D (I + E) ... (I + E) H0 factor by factor, and norms
/// are made anew where the query changed a row that the product reaches.
/// </summary>
internal sealed unsafe class ResidualSingleScorer : ISingleScorer
{
    private const int Step = 4096;

    private readonly ResidualSingles _state;
    private readonly int _count;
    private readonly int _layers;
    private readonly float _lambda;
    private readonly QueryPatch _patch;
    private readonly RowAccumulator _accumulator;
    private readonly FirstLayerRows? _firstRows;
    private readonly NormChanges? _changes;
    private readonly MessageLayer _last;
    private readonly RowSet[] _changed;
    private readonly NativeBuffer<float>[] _norms;
    private bool _usesChanges;
    private NativeBuffer<float> _products;
    private NativeBuffer<float> _next;

    public ResidualSingleScorer(ResidualSingles state)
    {
        _state = state;
        _count = state.VertexCount + 1;
        _layers = state.Recipe.LayerCount;
        _lambda = state.Recipe.CosineWeight;
        _patch = new QueryPatch(state);
        _accumulator = new RowAccumulator(_count);
        _firstRows = _layers < 2 ? null : new FirstLayerRows(_patch.Start, _patch.Edges!, _accumulator);
        _changes = NormChanges.Serves(state) ? new NormChanges(state, _patch) : null;
        _last = _firstRows?.Next ?? new MessageLayer(_patch.Start, mirror: null, _patch.Edges, residual: true);
        _changed = [.. state.Norms.Select(_ => new RowSet(_count))];
        _norms = [.. state.Norms.Select(norms => new NativeBuffer<float>(_count))];
        for (int layer = 0; layer < _norms.Length; layer++)
        {
            state.Norms[layer].AsSpan(_count - 1).CopyTo(_norms[layer].AsSpan(_count));
        }

        _products = new NativeBuffer<float>(_count);
        _next = new NativeBuffer<float>(_count);
    }

    public float* Score(float* cosines, CancellationToken cancellationToken)
    {
        try
        {
            _patch.Apply(cosines);
            FindChanges();
            RenewFirstNorms(cancellationToken);
            Multiply(cancellationToken);
            RenewLastNorms(cancellationToken);
            Finish(cosines);
            return _next.Pointer;
        }
        finally
        {
            Restore();
        }
    }

    public void Dispose()
    {
        _patch.Dispose();
        _accumulator.Dispose();
        _firstRows?.Dispose();
        _changes?.Dispose();
        _products.Dispose();
        _next.Dispose();
        foreach (NativeBuffer<float> norms in _norms)
        {
            norms.Dispose();
        }
    }

    /// <summary>Which rows after each layer are others than without the query.</summary>
    private void FindChanges()
    {
        ReadOnlySpan<int> changed = _patch.ChangedStarts;
        for (int layer = 0; layer < _changed.Length; layer++)
        {
            _changed[layer].AddAll(changed);
            _changed[layer].AddAll(_patch.ChangedEdges);
            if (_layers > 0)
            {
                _state.Matrices.AddSenders(changed, _changed[layer]);
            }

            changed = _changed[layer].Rows;
        }
    }

    private void RenewFirstNorms(CancellationToken cancellationToken)
    {
        _usesChanges = _changes?.TryRenewFirst(_changed[0].Rows, _norms[0].Pointer, cancellationToken) ?? false;
        if (_firstRows is null || _usesChanges)
        {
            return;
        }

        foreach (int row in _changed[0].Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _norms[0].Pointer[row] = _firstRows.Make(row);
        }
    }

    /// <summary>The products with the query's last row, without the last norms.</summary>
    private void Multiply(CancellationToken cancellationToken)
    {
        int query = _count - 1;
        _firstRows?.MakeFor(query);
        _last.SumRow(_accumulator, query);
        _norms[^1].Pointer[query] = (float)SparseRowBuilder.InverseNorm(_accumulator);
        NativeMemory.Clear(_products.Pointer, (nuint)_count * sizeof(float));
        Spread(_patch.Start, _accumulator, _products.Pointer);
        _accumulator.Clear();
        for (int layer = 0; layer < _layers; layer++)
        {
            for (int row = 0; row < _count; row += Step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int to = Math.Min(row + Step, _count);
                Propagate(_patch.Edges!, row, to, _products.Pointer, _next.Pointer);
                if (layer < _layers - 1)
                {
                    Scale(row, to, _norms[layer].Pointer, _next.Pointer);
                }
            }

            (_products, _next) = (_next, _products);
        }
    }

    /// <summary>Norms of rows that nothing is multiplied with are not asked for.</summary>
    private void RenewLastNorms(CancellationToken cancellationToken)
    {
        foreach (int row in _changed[^1].Rows)
        {
            if (_products.Pointer[row] != 0 && row < _count - 1)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _norms[^1].Pointer[row] = _usesChanges ? _changes!.LastNorm(row, _norms[0].Pointer) : SummedNorm(row);
            }
        }
    }

    private float SummedNorm(int row)
    {
        _firstRows?.MakeFor(row);
        _last.SumRow(_accumulator, row);
        float norm = (float)SparseRowBuilder.InverseNorm(_accumulator);
        _accumulator.Clear();
        return norm;
    }

    /// <summary>(1 - lambda) the cosine of rows + lambda the cosine of features.</summary>
    private void Finish(float* cosines)
    {
        float share = (1f - _lambda) * _norms[^1].Pointer[_count - 1];
        float* scores = _next.Pointer;
        for (int row = 0; row < _count - 1; row++)
        {
            scores[row] = _products.Pointer[row] * _norms[^1].Pointer[row] * share;
        }

        if (_lambda != 0f)
        {
            for (int row = 0; row < _count - 1; row++)
            {
                scores[row] += cosines[row] * _lambda;
            }
        }
    }

    private void Restore()
    {
        _patch.Restore();
        _firstRows?.Clear();
        _changes?.Clear();
        _accumulator.Clear();
        for (int layer = 0; layer < _changed.Length; layer++)
        {
            foreach (int row in _changed[layer].Rows)
            {
                if (row < _count - 1)
                {
                    _norms[layer].Pointer[row] = _state.Norms[layer].Pointer[row];
                }
            }

            _changed[layer].Clear();
        }
    }

    /// <summary>products += H0 u, by the columns that u has: H0 is symmetric.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread(SparseRows start, RowAccumulator vector, float* products)
    {
        for (int entry = 0; entry < vector.Count; entry++)
        {
            int column = vector.Touched[entry];
            float factor = vector.Values[column];
            int* indices = start.Indices(column);
            float* values = start.Values(column);
            int length = start.Length(column);
            for (int i = 0; i < length; i++)
            {
                products[indices[i]] += factor * values[i];
            }
        }
    }

    /// <summary>next = products + E products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Propagate(SparseRows edges, int from, int to, float* products, float* next)
    {
        for (int row = from; row < to; row++)
        {
            int* indices = edges.Indices(row);
            float* values = edges.Values(row);
            int length = edges.Length(row);
            float sum = products[row];
            for (int edge = 0; edge < length; edge++)
            {
                sum += products[indices[edge]] * values[edge];
            }

            next[row] = sum;
        }
    }

    private static void Scale(int from, int to, float* factors, float* values)
    {
        for (int row = from; row < to; row++)
        {
            values[row] *= factors[row];
        }
    }
}
