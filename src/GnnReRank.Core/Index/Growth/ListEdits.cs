namespace GnnReRank.Indexing.Growth;

/// <summary>
/// Neighbour lists being changed: a copy of a graph's, longer by what is added. A list holds the best of all rows, but
/// may hold fewer than it has room for after removals: what comes behind its end is not known then.
/// </summary>
internal sealed class ListEdits
{
    private readonly int _width;
    private readonly int[] _indices;
    private readonly float[] _scores;
    private readonly int[] _lengths;
    private readonly bool[] _isChanged;
    private readonly int _watched;

    /// <param name="graph">The lists as they are.</param>
    /// <param name="slotCount">Vertices afterwards, at least as many as before.</param>
    /// <param name="watched">The first places of a list whose changes count.</param>
    public ListEdits(NeighborGraph graph, int slotCount, int watched)
    {
        _width = graph.NeighborCount;
        _watched = watched;
        int size = FeatureMatrixChecks.ElementCount(slotCount, _width);
        _indices = GC.AllocateUninitializedArray<int>(size);
        _scores = GC.AllocateUninitializedArray<float>(size);
        _lengths = new int[slotCount];
        _isChanged = new bool[slotCount];
        graph.IndexSpan.CopyTo(_indices);
        graph.ScoreSpan.CopyTo(_scores);
        for (int slot = 0; slot < graph.VertexCount; slot++)
        {
            int padding = graph.GetNeighborSpan(slot).IndexOf(-1);
            _lengths[slot] = padding < 0 ? _width : padding;
        }

        SlotCount = slotCount;
    }

    public int SlotCount { get; }

    /// <summary>The room of a list, the vertex itself included.</summary>
    public int Width => _width;

    /// <summary>The vertices whose watched places are others than before, ascending.</summary>
    public int[] Changed => [.. Enumerable.Range(0, SlotCount).Where(slot => _isChanged[slot])];

    public int LengthOf(int slot) => _lengths[slot];

    /// <summary>The lowest score that a row listed later than those there are must pass to enter; its equal does not.</summary>
    /// <param name="slot">The vertex.</param>
    /// <param name="rowCount">Rows that are there now, the vertex and not the new row among them.</param>
    public float BoundOf(int slot, int rowCount)
    {
        int length = _lengths[slot];
        bool holdsAll = length == rowCount && length < _width;
        return holdsAll ? float.NegativeInfinity : length == 1 ? float.PositiveInfinity : _scores[Offset(slot) + length - 1];
    }

    /// <summary>Lists a row, which is behind all others of its score; the last gives way where there is no room.</summary>
    public void Insert(int slot, int row, float score)
    {
        int offset = Offset(slot);
        int place = _lengths[slot];
        if (place == _width)
        {
            place--;
        }
        else
        {
            _lengths[slot]++;
        }

        for (; place > 1 && _scores[offset + place - 1] < score; place--)
        {
            (_indices[offset + place], _scores[offset + place]) = (_indices[offset + place - 1], _scores[offset + place - 1]);
        }

        (_indices[offset + place], _scores[offset + place]) = (row, score);
        _isChanged[slot] |= place < _watched;
    }

    /// <summary>Takes rows out of a list; what was behind them moves up.</summary>
    /// <param name="slot">The vertex, which is not removed itself.</param>
    /// <param name="isRemoved">Whether each row is to go.</param>
    public void Remove(int slot, bool[] isRemoved)
    {
        int offset = Offset(slot);
        int kept = 1;
        for (int place = 1; place < _lengths[slot]; place++)
        {
            if (!isRemoved[_indices[offset + place]])
            {
                (_indices[offset + kept], _scores[offset + kept]) = (_indices[offset + place], _scores[offset + place]);
                kept++;
            }
            else
            {
                _isChanged[slot] |= place < _watched;
            }
        }

        Cut(slot, kept);
    }

    /// <summary>A list of the vertex alone.</summary>
    public void Clear(int slot)
    {
        _isChanged[slot] = true;
        Cut(slot, 1);
    }

    /// <summary>Writes a list afresh.</summary>
    /// <param name="slot">The vertex.</param>
    /// <param name="selfScore">Its cosine with itself.</param>
    /// <param name="rows">Its neighbours, best first.</param>
    /// <param name="scores">Their scores.</param>
    public void Write(int slot, float selfScore, ReadOnlySpan<int> rows, ReadOnlySpan<float> scores)
    {
        int offset = Offset(slot);
        (_indices[offset], _scores[offset]) = (slot, selfScore);
        rows.CopyTo(_indices.AsSpan(offset + 1));
        scores.CopyTo(_scores.AsSpan(offset + 1));
        _lengths[slot] = rows.Length + 1;
        _isChanged[slot] = true;
        Cut(slot, rows.Length + 1);
    }

    /// <summary>The graph of the lists, which it owns from now on.</summary>
    public NeighborGraph ToGraph(NeighborGraph before) =>
        NeighborGraph.Adopt(_indices, _scores, SlotCount, _width, null, null, before.Source).WithApproximation(before.Approximation);

    private void Cut(int slot, int length)
    {
        int offset = Offset(slot);
        _lengths[slot] = length;
        _indices.AsSpan(offset + length, _width - length).Fill(-1);
        _scores.AsSpan(offset + length, _width - length).Clear();
    }

    private int Offset(int slot) => slot * _width;
}
