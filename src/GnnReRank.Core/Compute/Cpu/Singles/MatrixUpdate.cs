using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>The matrices of lists of which some have changed: rows that have not are shared.</summary>
internal sealed unsafe class MatrixUpdate
{
    private readonly ResidualSingles _before;
    private readonly NeighborGraph _graph;
    private readonly MemoryBudget _budget;
    private readonly int _count;

    // What comes to an entry of A + A^T, by row and column.
    private readonly List<(int Row, int Column, int Halves)> _halves = [];
    private readonly RowSet _changed;
    private readonly RowSet _starts;

    /// <param name="before">The lists as they were, and what was made of them.</param>
    /// <param name="graph">The lists.</param>
    /// <param name="changed">The vertices whose lists are others.</param>
    /// <param name="budget">What may be used.</param>
    public MatrixUpdate(ResidualSingles before, NeighborGraph graph, ReadOnlySpan<int> changed, MemoryBudget budget)
    {
        _before = before;
        _graph = graph;
        _budget = budget;
        _count = graph.VertexCount;
        _changed = new RowSet(_count);
        _changed.AddAll(changed);
        _starts = new RowSet(_count);
        _starts.AddAll(changed);
        foreach (int vertex in changed)
        {
            AddHalves(vertex);
        }
    }

    /// <summary>The vertices whose lists are others.</summary>
    public RowSet ChangedLists => _changed;

    /// <summary>These, and the other rows of H0 that are not what they were.</summary>
    public RowSet ChangedStarts => _starts;

    /// <summary>Makes the matrices; as those that are made afresh, to the bit.</summary>
    public ResidualMatrices Make(StageReporter reporter, ComputeOptions options)
    {
        int changedRows = _before.Matrices.ChangedRows + _starts.Rows.Length;
        if (changedRows > _count)
        {
            return ResidualMatrices.Of(_graph, _before.Recipe, _budget, reporter, options);
        }

        SparseRows start = Start();
        if (_before.Matrices.Edges is not SparseRows edges)
        {
            return new ResidualMatrices(start, edges: null, reversed: null, changedRows);
        }

        SparseRows next = Edges(edges);
        return new ResidualMatrices(start, next, Reversed(edges, next), changedRows);
    }

    /// <summary>Notes which entries of A and A^T come and go with a list.</summary>
    private void AddHalves(int vertex)
    {
        int width = _before.Recipe.StartNeighbors;
        ReadOnlySpan<int> now = First(_graph, vertex, width);
        ReadOnlySpan<int> old = vertex < _before.VertexCount ? First(_before.Lists.Graph, vertex, width) : [];
        AddHalves(vertex, now, old, 1);
        AddHalves(vertex, old, now, -1);
    }

    private void AddHalves(int vertex, ReadOnlySpan<int> list, ReadOnlySpan<int> other, int halves)
    {
        foreach (int row in list)
        {
            if (!other.Contains(row))
            {
                _halves.Add((vertex, row, halves));
                _halves.Add((row, vertex, halves));
                _starts.Add(row);
            }
        }
    }

    private static ReadOnlySpan<int> First(NeighborGraph graph, int vertex, int width)
    {
        ReadOnlySpan<int> row = graph.GetNeighborSpan(vertex)[..Math.Min(width, graph.NeighborCount)];
        int padding = row.IndexOf(-1);
        return padding < 0 ? row : row[..padding];
    }

    private SparseRows Start()
    {
        SparseRows original = _before.Matrices.Start;
        SparseStorage storage = new(_budget, "The start matrix", _count);
        RowArena arena = new(storage);
        SparseRows rows = new(original, _count, storage);
        _halves.Sort();
        Span<(int Row, int Column, int Halves)> all = CollectionsMarshal.AsSpan(_halves);
        for (int from = 0; from < all.Length;)
        {
            int row = all[from].Row;
            int to = from;
            while (to < all.Length && all[to].Row == row)
            {
                to++;
            }

            arena.Reserve(rows.Length(row) + to - from, out int* indices, out float* values);
            rows.SetRow(row, indices, values, Merge(rows, row, all[from..to], indices, values));
            from = to;
        }

        return rows;
    }

    /// <summary>Writes a row with its changes, columns ascending.</summary>
    private static int Merge(
        SparseRows rows, int row, ReadOnlySpan<(int Row, int Column, int Halves)> changes, int* indices, float* values)
    {
        int length = 0;
        int entry = 0;
        for (int change = 0; entry < rows.Length(row) || change < changes.Length;)
        {
            int left = entry < rows.Length(row) ? rows.Indices(row)[entry] : int.MaxValue;
            int right = change < changes.Length ? changes[change].Column : int.MaxValue;
            int column = Math.Min(left, right);
            float value = left == column ? rows.Values(row)[entry++] : 0;
            for (; change < changes.Length && changes[change].Column == column; change++)
            {
                value += 0.5f * changes[change].Halves;
            }

            if (value != 0)
            {
                indices[length] = column;
                values[length++] = value;
            }
        }

        return length;
    }

    private SparseRows Edges(SparseRows original)
    {
        MessageRecipe recipe = _before.Recipe;
        bool isMean = recipe.Aggregation == MessageAggregation.Mean;
        int width = Math.Min(recipe.EdgeNeighbors, _graph.NeighborCount);
        SparseStorage storage = new(_budget, "The matrix of edge weights", _count);
        RowArena arena = new(storage);
        SparseRows rows = new(original, _count, storage);
        foreach (int row in _changed.Rows)
        {
            arena.Reserve(width, out int* indices, out float* values);
            int length = GraphMatrices.WriteEdges(
                _graph, row, width, recipe.EdgeExponent, isMean, indices, values);
            rows.SetRow(row, indices, values, length);
        }

        return rows;
    }

    private SparseRows Reversed(SparseRows old, SparseRows edges)
    {
        RowSet targets = new(_count);
        List<(int Target, int Sender, float Weight)> added = [];
        foreach (int row in _changed.Rows)
        {
            if (row < old.Count)
            {
                targets.AddAll(new ReadOnlySpan<int>(old.Indices(row), old.Length(row)));
            }

            targets.AddAll(new ReadOnlySpan<int>(edges.Indices(row), edges.Length(row)));
            for (int edge = 0; edge < edges.Length(row); edge++)
            {
                added.Add((edges.Indices(row)[edge], row, edges.Values(row)[edge]));
            }
        }

        added.Sort();
        SparseStorage storage = new(_budget, "The transposed matrix of edge weights", _count);
        RowArena arena = new(storage);
        SparseRows rows = new(_before.Matrices.Reversed!, _count, storage);
        Span<(int Target, int Sender, float Weight)> all = CollectionsMarshal.AsSpan(added);
        int[] ordered = [.. targets.Rows];
        Array.Sort(ordered);
        int next = 0;
        foreach (int target in ordered)
        {
            int from = next;
            while (next < all.Length && all[next].Target == target)
            {
                next++;
            }

            arena.Reserve(rows.Length(target) + next - from, out int* indices, out float* values);
            rows.SetRow(target, indices, values, Merge(rows, target, all[from..next], indices, values));
        }

        return rows;
    }

    /// <summary>
    /// Writes who sends to a row: those of before whose lists have not changed, and those given; ascending.
    /// </summary>
    private int Merge(
        SparseRows rows, int target, ReadOnlySpan<(int Target, int Sender, float Weight)> added, int* indices,
        float* values)
    {
        int length = 0;
        int next = 0;
        for (int entry = 0; entry < rows.Length(target); entry++)
        {
            int sender = rows.Indices(target)[entry];
            if (_changed.Contains(sender))
            {
                continue;
            }

            for (; next < added.Length && added[next].Sender < sender; next++)
            {
                (indices[length], values[length++]) = (added[next].Sender, added[next].Weight);
            }

            (indices[length], values[length++]) = (sender, rows.Values(target)[entry]);
        }

        for (; next < added.Length; next++)
        {
            (indices[length], values[length++]) = (added[next].Sender, added[next].Weight);
        }

        return length;
    }
}
