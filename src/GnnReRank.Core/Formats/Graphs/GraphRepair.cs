namespace GnnReRank.Formats.Graphs;

/// <summary>
/// Brings lists made elsewhere into this project's order: the row itself, then by cosine, then padding.
/// </summary>
internal sealed class GraphRepair
{
    private readonly ForeignLists _lists;
    private readonly ScoreConversion _conversion;
    private readonly bool _areOrdered;
    private readonly List<(float Score, int Index)> _neighbors = [];

    // The list that named each row last, counted from 1.
    private readonly int[] _namedBy;

    public GraphRepair(ForeignLists lists, ScoreConversion conversion)
    {
        _lists = lists;
        _conversion = conversion;
        _areOrdered = !lists.IsUnordered && !lists.AreComputed;
        _namedBy = new int[lists.Rows];
    }

    /// <summary>One list; what it is written to may be where it was read from.</summary>
    /// <param name="row">The row that it is the list of.</param>
    /// <param name="indices">Receives the list.</param>
    /// <param name="scores">Receives its cosines.</param>
    /// <returns>What had to be put right.</returns>
    public Repairs Order(int row, Span<int> indices, Span<float> scores)
    {
        Repairs repairs = Gather(row, out float? own);
        _neighbors.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Index.CompareTo(b.Index));
        indices.Fill(ForeignLists.Padding);
        scores.Clear();

        // A row is nearest to itself: where it is not, its score was overwritten.
        bool isOwnKnown = own is not null && (_neighbors.Count == 0 || own >= _neighbors[0].Score);
        (indices[0], scores[0]) = (row, isOwnKnown ? own!.Value : _conversion.OwnCosine(row));
        int position = 1;
        foreach ((float score, int index) in _neighbors)
        {
            if (_namedBy[index] == row + 1)
            {
                repairs |= Repairs.Twice;
                continue;
            }

            _namedBy[index] = row + 1;
            if (position < indices.Length)
            {
                (scores[position], indices[position]) = (score, index);
                position++;
            }
        }

        return repairs;
    }

    private Repairs Gather(int row, out float? own)
    {
        ReadOnlySpan<int> indices = _lists.IndicesOf(row);
        ReadOnlySpan<float> scores = _lists.ScoresOf(row);
        _neighbors.Clear();
        Repairs repairs = Repairs.None;
        own = null;
        float? previous = null;
        bool isShort = false;
        for (int position = 0; position < indices.Length; position++)
        {
            (int index, float score) = (indices[position], scores[position]);
            if (index == ForeignLists.Padding)
            {
                isShort = true;
                repairs |= score == 0 ? Repairs.None : Repairs.Short;
                continue;
            }

            repairs |= isShort ? Repairs.Short : Repairs.None;
            float cosine = _conversion.ToCosine(score, row, index);
            if (index == row)
            {
                // Its place says nothing: rounding may leave a row nearer to its copy than to itself.
                repairs |= own is null ? Repairs.None : Repairs.Twice;
                own = Math.Max(own ?? cosine, cosine);
                continue;
            }

            repairs |= _areOrdered && previous is float before && _conversion.IsBetter(score, before)
                ? Repairs.Disordered
                : Repairs.None;
            previous = score;
            _neighbors.Add((cosine, index));
        }

        bool isEmpty = own is null && _neighbors.Count == 0;
        return isEmpty ? Repairs.Empty : repairs | (own is null ? Repairs.LacksOwn : Repairs.None);
    }
}
