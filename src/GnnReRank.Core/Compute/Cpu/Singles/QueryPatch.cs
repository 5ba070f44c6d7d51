using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>The matrices of a gallery with one query as its last vertex; one thread's.</summary>
internal sealed unsafe class QueryPatch : IDisposable
{
    private readonly ResidualSingles _state;
    private readonly MessageRecipe _recipe;
    private readonly int _query;
    private readonly BestRows _best;
    private readonly PatchedRows _start;
    private readonly PatchedRows? _edges;
    private readonly RowSet _startTakers;
    private readonly RowSet _edgeTakers;
    private readonly RowSet _changed;
    private readonly PatchedRows _differences;
    private readonly int[] _lengths;

    public QueryPatch(ResidualSingles state)
    {
        _state = state;
        _recipe = state.Recipe;
        _query = state.VertexCount;
        int count = _query + 1;
        _best = new BestRows(Math.Max(1, Math.Min(_recipe.StartNeighbors - 1, _query)));
        _start = new PatchedRows(state.Matrices.Start, count);
        _edges = state.Matrices.Edges is null ? null : new PatchedRows(state.Matrices.Edges, count);
        _startTakers = new RowSet(count);
        _edgeTakers = new RowSet(count);
        _changed = new RowSet(count);
        _differences = new PatchedRows(original: null, count);
        _lengths = new int[count];
    }

    /// <summary>H0 with the query.</summary>
    public SparseRows Start => _start.Rows;

    /// <summary>E with the query; null without layers.</summary>
    public SparseRows? Edges => _edges?.Rows;

    /// <summary>After <see cref="FindDifferences"/>: what the query added to H0, of the rows that it changed.</summary>
    public SparseRows Differences => _differences.Rows;

    /// <summary>
    /// Rows of <see cref="Start"/> that the query changed, its own among them, and all whose edges it changed: who
    /// takes it into the first k2 places takes it into the first k1.
    /// </summary>
    public ReadOnlySpan<int> ChangedStarts => _changed.Rows;

    /// <summary>Makes a query the last vertex.</summary>
    /// <param name="cosines">Its cosine with each vertex of the gallery; NaN for rows that were removed.</param>
    public void Apply(float* cosines)
    {
        int best = Math.Min(_recipe.StartNeighbors - 1, _query);
        if (best > 0)
        {
            _best.Find(cosines, _query, best);
        }

        _state.StartBounds.FindTakers(cosines, _startTakers);
        PatchStart();
        if (_edges is not null)
        {
            _state.EdgeBounds.FindTakers(cosines, _edgeTakers);
            PatchEdges(cosines);
        }
    }

    /// <summary>Makes <see cref="Differences"/>.</summary>
    public void FindDifferences()
    {
        foreach (int row in _changed.Rows)
        {
            _lengths[row] = 1;
        }

        foreach (int row in _startTakers.Rows)
        {
            int dropped = _state.StartBounds.LastOf(row);
            if (dropped >= 0)
            {
                _lengths[row]++;
                _lengths[dropped]++;
            }
        }

        foreach (int row in _changed.Rows)
        {
            if (row == _query)
            {
                Differences.SetRow(row, Start.Indices(row), Start.Values(row), Start.Length(row));
            }
            else
            {
                _differences.Set(row, _lengths[row], out int* indices, out float* values);
                indices[0] = _query;
                values[0] = Start.Values(row)[Start.Length(row) - 1];
                _lengths[row] = 1;
            }
        }

        foreach (int row in _startTakers.Rows)
        {
            int dropped = _state.StartBounds.LastOf(row);
            if (dropped >= 0)
            {
                AddDifference(row, dropped);
                AddDifference(dropped, row);
            }
        }
    }

    /// <summary>
    /// The row that a gallery row's edge led to before the query took its place; -1 where it lost none.
    /// </summary>
    public int DroppedEdgeOf(int row) => _edgeTakers.Contains(row) ? _state.EdgeBounds.LastOf(row) : -1;

    /// <summary>Takes the query out.</summary>
    public void Restore()
    {
        _start.Restore();
        _differences.Restore();
        _edges?.Restore();
        _startTakers.Clear();
        _edgeTakers.Clear();
        _changed.Clear();
    }

    public void Dispose()
    {
        _start.Dispose();
        _differences.Dispose();
        _edges?.Dispose();
    }

    private void PatchStart()
    {
        foreach (int row in _best.Rows)
        {
            AddQuery(row);
        }

        foreach (int row in _startTakers.Rows)
        {
            AddQuery(row);
        }

        foreach (int row in _startTakers.Rows)
        {
            int dropped = _state.StartBounds.LastOf(row);
            if (dropped >= 0)
            {
                Extend(dropped);
                Halve(row, dropped);
                Halve(dropped, row);
            }
        }

        WriteQuery();
    }

    private void AddDifference(int row, int column)
    {
        Differences.Indices(row)[_lengths[row]] = column;
        Differences.Values(row)[_lengths[row]++] = -0.5f;
    }

    private void Extend(int row)
    {
        if (_changed.Add(row))
        {
            _start.Extend(row, _query);
        }
    }

    private void AddQuery(int row)
    {
        Extend(row);
        Start.Values(row)[Start.Length(row) - 1] += 0.5f;
    }

    /// <summary>Takes from an entry what one of the two lists gave it.</summary>
    private void Halve(int row, int column)
    {
        int entry = new ReadOnlySpan<int>(Start.Indices(row), Start.Length(row)).IndexOf(column);
        Start.Values(row)[entry] -= 0.5f;
    }

    /// <summary>The query's row mirrors its column; the diagonal is 1.</summary>
    private void WriteQuery()
    {
        ReadOnlySpan<int> rows = _changed.Rows;
        _start.Set(_query, rows.Length + 1, out int* indices, out float* values);
        for (int entry = 0; entry < rows.Length; entry++)
        {
            indices[entry] = rows[entry];
            values[entry] = Start.Values(rows[entry])[Start.Length(rows[entry]) - 1];
        }

        indices[rows.Length] = _query;
        values[rows.Length] = 1;
        _changed.Add(_query);
    }

    private void PatchEdges(float* cosines)
    {
        foreach (int row in _edgeTakers.Rows)
        {
            _edges!.Extend(row, _query);
            Span<float> values = new(Edges!.Values(row), Edges.Length(row));
            int length = _state.EdgeBounds.LengthOf(row);
            int dropped = _state.EdgeBounds.LastOf(row);
            if (dropped >= 0)
            {
                // An edge of weight 0 is none.
                int entry = new ReadOnlySpan<int>(Edges.Indices(row), values.Length).IndexOf(dropped);
                if (entry >= 0)
                {
                    values[entry] = 0;
                }
            }
            else
            {
                Rescale(values, ShareOf(length + 1) / ShareOf(length));
                length++;
            }

            values[^1] = GraphMatrices.Weigh(cosines[row], _recipe.EdgeExponent) * ShareOf(length);
        }

        WriteEdges();
    }

    private void WriteEdges()
    {
        int count = Math.Min(_recipe.EdgeNeighbors - 1, _best.Count);
        float share = ShareOf(count + 1);
        _edges!.Set(_query, count + 1, out int* indices, out float* values);

        // Where the query is a zero row this edge is none, and its row is no other for it.
        indices[0] = _query;
        values[0] = share;
        for (int place = 0; place < count; place++)
        {
            indices[place + 1] = _best.Rows[place];
            values[place + 1] = GraphMatrices.Weigh(_best.Cosines[place], _recipe.EdgeExponent) * share;
        }
    }

    /// <summary>The share of each of so many messages.</summary>
    private float ShareOf(int length) => _recipe.Aggregation == MessageAggregation.Mean ? 1f / length : 1f;

    private static void Rescale(Span<float> values, float factor)
    {
        foreach (ref float value in values)
        {
            value *= factor;
        }
    }
}
