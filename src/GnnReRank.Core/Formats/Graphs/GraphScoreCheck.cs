namespace GnnReRank.Formats.Graphs;

/// <summary>What can be said against the scores of lists as a whole, before any list is touched.</summary>
internal static class GraphScoreCheck
{
    /// <exception cref="GnnReRankException">
    /// A score is not finite, is not of its kind, or the scores run the wrong way; or an index is out of range.
    /// </exception>
    public static void Check(ForeignLists lists, ScoreConversion conversion, CancellationToken cancellation)
    {
        int rising = 0;
        int falling = 0;
        (int Row, int Position)? wrong = null;
        for (int row = 0; row < lists.Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            int position = FirstWrong(lists, row, conversion);
            wrong ??= position < 0 ? null : (row, position);
            int direction = Direction(lists.IndicesOf(row), lists.ScoresOf(row));
            rising += direction > 0 ? 1 : 0;
            falling += direction < 0 ? 1 : 0;
        }

        if (!lists.AreComputed && (conversion.IsDistance ? falling > rising : rising > falling))
        {
            string found = conversion.IsDistance ? $"fall along {falling:N0}" : $"rise along {rising:N0}";
            throw GraphErrors.WrongKind(
                lists.ScorePath, conversion.IsDistance, $"the scores {found} of {lists.Rows:N0} lists");
        }

        if (wrong is (int wrongRow, int at))
        {
            throw GraphErrors.Impossible(lists.ScorePath, wrongRow, at, lists.ScoresOf(wrongRow)[at], conversion);
        }
    }

    /// <summary>
    /// 1 where the scores of a list rise from its first to its last and never fall, -1 the other way round, else 0.
    /// </summary>
    private static int Direction(ReadOnlySpan<int> indices, ReadOnlySpan<float> scores)
    {
        bool rises = false;
        bool falls = false;
        float? previous = null;
        for (int position = 0; position < indices.Length; position++)
        {
            if (indices[position] != ForeignLists.Padding)
            {
                rises |= scores[position] > previous;
                falls |= scores[position] < previous;
                previous = scores[position];
            }
        }

        return rises == falls ? 0 : rises ? 1 : -1;
    }

    /// <summary>The position of the first score that such rows cannot have; -1 where all are possible.</summary>
    private static int FirstWrong(ForeignLists lists, int row, ScoreConversion conversion)
    {
        ReadOnlySpan<int> indices = lists.IndicesOf(row);
        ReadOnlySpan<float> scores = lists.ScoresOf(row);
        int first = -1;
        for (int position = 0; position < indices.Length; position++)
        {
            int index = indices[position];
            if (index == ForeignLists.Padding)
            {
                continue;
            }

            if (!float.IsFinite(scores[position]))
            {
                throw GraphErrors.NotFinite(lists.ScorePath, row, position, scores[position]);
            }

            if (index < 0 || index >= lists.Rows)
            {
                throw GraphErrors.OutOfRange(lists.Path, row, position, index, lists.Rows);
            }

            if (first < 0 && !conversion.IsPossible(scores[position], row, index))
            {
                first = position;
            }
        }

        return first;
    }
}
