using GnnReRank.Compute.Cpu.Ordering;

namespace GnnReRank.ReRanking.Fusion;

/// <summary>Merges the lists of one query after another, with the buffers of one thread.</summary>
internal sealed class ListFuser : IDisposable
{
    private readonly WeighedRanking[] _rankings;
    private readonly RankingMergeOptions _options;
    private readonly double[] _totals;
    private readonly double[] _values;
    private readonly int[] _rows;
    private readonly bool[] _isListed;
    private int _count;

    public ListFuser(WeighedRanking[] rankings, RankingMergeOptions options)
    {
        int galleryCount = rankings[0].Ranking.GalleryCount;
        _rankings = rankings;
        _options = options;
        _totals = new double[galleryCount];
        _values = new double[galleryCount];
        _rows = new int[galleryCount];
        _isListed = new bool[galleryCount];
    }

    /// <summary>One query's list, and its scores.</summary>
    public (int[] Indices, float[] Scores) Fuse(int query)
    {
        Gather(query);
        ReadOnlySpan<int> rows = _rows.AsSpan(0, _count);
        foreach (WeighedRanking ranking in _rankings)
        {
            double missing = Fill(ranking.Ranking.GetIndexSpan(query), ranking.Ranking.GetScoreSpan(query));
            foreach (int row in rows)
            {
                // A value is taken once: the row keeps what an image outside the list gets.
                _totals[row] += ranking.Weight * (double.IsNaN(_values[row]) ? missing : _values[row]);
                _values[row] = double.NaN;
            }
        }

        return Ordered(rows);
    }

    public void Dispose()
    {
    }

    /// <summary>Finds the images of all lists.</summary>
    private void Gather(int query)
    {
        _count = 0;
        foreach (WeighedRanking ranking in _rankings)
        {
            foreach (int row in ranking.Ranking.GetIndexSpan(query))
            {
                if (!_isListed[row])
                {
                    _isListed[row] = true;
                    _rows[_count++] = row;
                    _totals[row] = 0;
                    _values[row] = double.NaN;
                }
            }
        }

        foreach (int row in _rows.AsSpan(0, _count))
        {
            _isListed[row] = false;
        }
    }

    /// <summary>Sets the value of each image of a list, and says what any other gets.</summary>
    private double Fill(ReadOnlySpan<int> list, ReadOnlySpan<float> scores)
    {
        if (_options.Fusion == RankingFusion.ReciprocalRank)
        {
            for (int place = 0; place < list.Length; place++)
            {
                _values[list[place]] = 1 / (_options.RankConstant + place + 1);
            }

            return 0;
        }

        ListScale scale = ListScale.Of(scores, _options.Fusion);
        for (int place = 0; place < list.Length; place++)
        {
            _values[list[place]] = scale.Normalized(scores[place]);
        }

        return scale.ScoreOutside;
    }

    private (int[] Indices, float[] Scores) Ordered(ReadOnlySpan<int> rows)
    {
        ulong[] keys = new ulong[rows.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            // Inverted: the array's own order is ascending.
            keys[i] = ~SortableKey.BestIsLargest((float)_totals[rows[i]], rows[i]);
        }

        Array.Sort(keys);
        int kept = Math.Min(keys.Length, _options.Top ?? int.MaxValue);
        int[] indices = new int[kept];
        float[] scores = new float[kept];
        for (int rank = 0; rank < kept; rank++)
        {
            indices[rank] = SortableKey.IndexOfBest(~keys[rank]);
            scores[rank] = SortableKey.ScoreOfBest(~keys[rank]);
        }

        return (indices, scores);
    }
}
