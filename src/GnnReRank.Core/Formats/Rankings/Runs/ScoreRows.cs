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

    public Ranking ToRanking(FeatureMatrix query, FeatureMatrix gallery, ImportedSettings settings) => new(query, gallery, _indices, _scores, settings);

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
        Span<int> indices = _indices[query];
        Span<float> scores = _scores[query];
        for (int rank = 0; rank < indices.Length; rank++)
        {
            indices[rank] = rows[rank];
            scores[rank] = RunScore.Kept(0.0 - keys[rank]);
        }
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
