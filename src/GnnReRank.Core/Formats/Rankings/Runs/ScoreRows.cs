using GnnReRank.Running;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Ranks rows of scores, one a query: score descending, ties by gallery row.</summary>
internal sealed class ScoreRows
{
    private readonly RunSource _source;
    private readonly int _galleryCount;
    private readonly RankingReadOptions _options;
    private readonly RowBlocks<int> _indices;
    private readonly RowBlocks<float> _scores;
    private int _rowsOfPlaces;

    /// <param name="source">The run.</param>
    /// <param name="queryCount">The number of rows.</param>
    /// <param name="galleryCount">Their length.</param>
    /// <param name="options">What the scores are, and how many ranks to keep.</param>
    public ScoreRows(RunSource source, int queryCount, int galleryCount, RankingReadOptions options)
    {
        int depth = Math.Min(options.Top ?? galleryCount, galleryCount);
        _source = source;
        _galleryCount = galleryCount;
        _options = options;
        _indices = new RowBlocks<int>(queryCount, depth);
        _scores = new RowBlocks<float>(queryCount, depth);
    }

    /// <exception cref="GnnReRankException">Nothing says what the numbers are, and every row holds each place in the gallery once.</exception>
    public Ranking ToRanking(FeatureMatrix query, FeatureMatrix gallery, ImportedSettings settings)
    {
        if (_options.ScoreKind is null && query.RowCount > 0 && _rowsOfPlaces == query.RowCount)
        {
            throw new GnnReRankException(
                "ScoreKindMissing", ErrorKind.InvalidArgument,
                $"'{_source.Path}': each row holds the {_galleryCount:N0} places in the gallery once, so these seem to be lists of gallery rows, as argsort gives, or ranks, and no scores. " +
                "Say which: -ScoreKind Index for lists of rows (0-based, best first), Distance for ranks (lower is better), or Similarity where higher is better.");
        }

        return new Ranking(query, gallery, _indices, _scores, settings);
    }

    /// <summary>Ranks some rows.</summary>
    /// <param name="first">The query of the first row.</param>
    /// <param name="values">The rows, one after the other.</param>
    /// <exception cref="GnnReRankException">A value is not a number.</exception>
    public void Rank(int first, double[] values)
    {
        int count = values.Length / _galleryCount;
        Workers.ForRanges(_options.Compute.ThreadCount, count, 1, (from, to) =>
        {
            _options.Compute.CancellationToken.ThrowIfCancellationRequested();
            for (int row = from; row < to; row++)
            {
                RankRow(first + row, values.AsSpan(row * _galleryCount, _galleryCount));
            }
        });
    }

    private void RankRow(int query, ReadOnlySpan<double> values)
    {
        double[] keys = new double[values.Length];
        int[] rows = new int[values.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            double value = values[row];
            if (double.IsNaN(value))
            {
                throw _source.Error("RunScoreNotANumber", query, $"has NaN in column {row} (0-based). Correct the scores; infinity is ranked first or last.");
            }

            // Ascending keys put the best first.
            keys[row] = -RunScore.Of(value, _options.ScoreKind);
            rows[row] = row;
        }

        Array.Sort(keys, rows);
        OrderTies(keys, rows);
        if (ArePlaces(keys))
        {
            Interlocked.Increment(ref _rowsOfPlaces);
        }

        Span<int> indices = _indices[query];
        Span<float> scores = _scores[query];
        for (int rank = 0; rank < indices.Length; rank++)
        {
            indices[rank] = rows[rank];
            scores[rank] = RunScore.Kept(0.0 - keys[rank]);
        }
    }

    // Of one or two images 0 and 1 are scores as well.
    private static bool ArePlaces(double[] keys)
    {
        double best = -keys[0];
        if (keys.Length <= 2 || (best != keys.Length && best != keys.Length - 1))
        {
            return false;
        }

        int place = 1;
        while (place < keys.Length && -keys[place] == best - place)
        {
            place++;
        }

        return place == keys.Length;
    }

    private static void OrderTies(double[] keys, int[] rows)
    {
        for (int from = 0, to; from < keys.Length; from = to)
        {
            to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                rows.AsSpan(from, to - from).Sort();
            }
        }
    }
}
