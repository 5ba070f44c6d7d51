namespace GnnReRank.Formats.Graphs;

/// <summary>The nearest rows of a square matrix of scores, which come a few rows at a time.</summary>
internal sealed class NearestColumns
{
    private readonly string _path;
    private readonly int _count;
    private readonly int _width;
    private readonly ScoreConversion _conversion;
    private readonly int[] _indices;
    private readonly float[] _scores;
    private int _ownNearest;
    private int _ownFarthest;
    private (int Row, int Column, float Score)? _wrong;

    /// <param name="path">The file.</param>
    /// <param name="count">The number of rows, and of columns.</param>
    /// <param name="width">Neighbours to keep a row, itself included.</param>
    /// <param name="conversion">How scores become cosines.</param>
    public NearestColumns(string path, int count, int width, ScoreConversion conversion)
    {
        (_path, _count, _width, _conversion) = (path, count, width, conversion);
        if ((long)count * width > Array.MaxLength)
        {
            throw GraphErrors.TooLarge(path, $"the matrix ({count:N0} x {count:N0}), with {width:N0} neighbours a " +
                "row,");
        }

        _indices = new int[count * width];
        _scores = new float[count * width];
    }

    /// <summary>Takes a row.</summary>
    /// <exception cref="GnnReRankException">A score is not a number.</exception>
    public void Take(int row, ReadOnlySpan<float> values)
    {
        Span<int> indices = _indices.AsSpan(row * _width, _width);
        Span<float> scores = _scores.AsSpan(row * _width, _width);
        indices.Fill(ForeignLists.Padding);
        (indices[0], scores[0]) = (row, Own(row, values[row]));
        int kept = 1;
        bool isNearest = float.IsFinite(values[row]);
        bool isFarthest = isNearest;
        for (int column = 0; column < values.Length; column++)
        {
            float value = values[column];
            if (column == row || float.IsInfinity(value))
            {
                // Infinity is how programs say that two rows are no neighbours.
                continue;
            }

            isNearest &= _conversion.IsBetter(values[row], value);
            isFarthest &= _conversion.IsBetter(value, values[row]);
            Check(row, column, value);
            float cosine = _conversion.ToCosine(value, row, column);
            if (kept < _width || cosine > scores[_width - 1])
            {
                kept = Math.Min(kept + 1, _width);
                Insert(indices[..kept], scores[..kept], cosine, column);
            }
        }

        if (kept > 1 && scores[0] < scores[1])
        {
            scores[0] = _conversion.OwnCosine(row);
        }

        Interlocked.Add(ref _ownNearest, isNearest ? 1 : 0);
        Interlocked.Add(ref _ownFarthest, isFarthest ? 1 : 0);
    }

    /// <summary>The graph of all rows.</summary>
    /// <exception cref="GnnReRankException">The scores are not of their kind.</exception>
    public NeighborGraph ToGraph()
    {
        if (_ownFarthest > _ownNearest)
        {
            string end = _conversion.IsDistance ? "highest" : "lowest";
            throw GraphErrors.WrongKind(
                _path, _conversion.IsDistance,
                $"the diagonal is the {end} in {_ownFarthest:N0} of {_count:N0} rows",
                " A diagonal that was overwritten should be infinite, or what a row has with itself.");
        }

        return _wrong is (int row, int column, float score)
            ? throw GraphErrors.Impossible(_path, row, column, score, _conversion)
            : NeighborGraph.Adopt(_indices, _scores, _count, _width, query: null, gallery: null, _path);
    }

    // The last place is taken; what is nearer than its neighbour before moves up. Columns come in ascending order, so
    // among equals the lower stays first.
    private static void Insert(Span<int> indices, Span<float> scores, float cosine, int column)
    {
        int place = indices.Length - 1;
        while (place > 1 && scores[place - 1] < cosine)
        {
            (indices[place], scores[place]) = (indices[place - 1], scores[place - 1]);
            place--;
        }

        if (place > 0)
        {
            (indices[place], scores[place]) = (column, cosine);
        }
    }

    // Programs overwrite the diagonal to leave a row out of its own neighbours: by infinity, by 0, or by what is farthest.
    private float Own(int row, float value) => float.IsFinite(value) && _conversion.IsPossible(value, row, row)
        ? _conversion.ToCosine(value, row, row)
        : _conversion.OwnCosine(row);

    private void Check(int row, int column, float value)
    {
        if (float.IsNaN(value))
        {
            throw GraphErrors.NotFinite(_path, row, column, value);
        }

        if (!_conversion.IsPossible(value, row, column))
        {
            lock (_indices)
            {
                _wrong = _wrong is (int first, int at, _) && (first, at).CompareTo((row, column)) < 0
                    ? _wrong
                    : (row, column, value);
            }
        }
    }
}
