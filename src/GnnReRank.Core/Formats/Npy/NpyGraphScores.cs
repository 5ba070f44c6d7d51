namespace GnnReRank.Formats.Npy;

/// <summary>What can be said against the scores of a graph as a whole, before any list is touched.</summary>
internal static class NpyGraphScores
{
    // Squared distances of unit vectors are in [0, 4]; a distance taken from norms and products is off by float32's rounding.
    private const float LargestSquaredL2 = 4f;
    private const float Tolerance = 1e-3f;
    private const int Padding = -1;

    /// <exception cref="GnnReRankException">A score is not finite, is not of its kind, or the scores run the wrong way.</exception>
    public static void Check(
        string path, GraphScoreKind kind, ReadOnlySpan<int> indices, ReadOnlySpan<float> scores, int columns, CancellationToken cancellation)
    {
        int rows = indices.Length / columns;
        int rising = 0;
        int falling = 0;
        long? wrongElement = null;
        for (int row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = row * columns;
            ReadOnlySpan<int> rowIndices = indices.Slice(start, columns);
            ReadOnlySpan<float> rowScores = scores.Slice(start, columns);
            int wrong = FirstWrong(path, kind, row, rowIndices, rowScores);
            wrongElement ??= wrong < 0 ? null : start + wrong;
            int direction = Direction(rowIndices, rowScores);
            rising += direction > 0 ? 1 : 0;
            falling += direction < 0 ? 1 : 0;
        }

        if (kind == GraphScoreKind.Cosine && rising > falling)
        {
            throw WrongKind(path, $"the scores rise along {rising:N0} of {rows:N0} lists, as distances do: for squared Euclidean distances pass -ScoreKind SquaredL2");
        }

        if (kind == GraphScoreKind.SquaredL2 && falling > rising)
        {
            throw WrongKind(path, $"the scores fall along {falling:N0} of {rows:N0} lists, as cosines do: for cosine similarities pass -ScoreKind Cosine");
        }

        if (wrongElement is long element)
        {
            throw new GnnReRankException(
                "InvalidNeighborGraph", ErrorKind.InvalidData,
                $"'{path}': the score at row {element / columns}, position {element % columns} (0-based) is {scores[(int)element]}: " +
                $"{(kind == GraphScoreKind.Cosine ? "cosines are between -1 and 1" : "squared Euclidean distances of normalised rows are between 0 and 4")}. " +
                "Normalise the features before the search.");
        }
    }

    /// <summary>The float32 cosine of a score as it is stored.</summary>
    public static float ToCosine(float score, GraphScoreKind kind) =>
        kind == GraphScoreKind.SquaredL2 ? 1f - (Math.Clamp(score, 0f, LargestSquaredL2) / 2f) : score;

    /// <summary>1 where the scores of a list rise from its first to its last and never fall, -1 the other way round, else 0.</summary>
    private static int Direction(ReadOnlySpan<int> indices, ReadOnlySpan<float> scores)
    {
        bool rises = false;
        bool falls = false;
        float? previous = null;
        for (int position = 0; position < indices.Length; position++)
        {
            if (indices[position] != Padding)
            {
                rises |= scores[position] > previous;
                falls |= scores[position] < previous;
                previous = scores[position];
            }
        }

        return rises == falls ? 0 : rises ? 1 : -1;
    }

    /// <summary>The position of the first score that unit vectors cannot have; -1 where all are possible.</summary>
    private static int FirstWrong(
        string path, GraphScoreKind kind, int row, ReadOnlySpan<int> indices, ReadOnlySpan<float> scores)
    {
        int first = -1;
        for (int position = 0; position < indices.Length; position++)
        {
            if (indices[position] == Padding)
            {
                continue;
            }

            if (!float.IsFinite(scores[position]))
            {
                throw new GnnReRankException(
                    "InvalidNeighborGraph", ErrorKind.InvalidData,
                    $"'{path}': the score at row {row}, position {position} (0-based) is {scores[position]}: scores must be finite.");
            }

            if (first < 0 && !IsPossible(scores[position], kind))
            {
                first = position;
            }
        }

        return first;
    }

    private static bool IsPossible(float score, GraphScoreKind kind) => kind == GraphScoreKind.Cosine
        ? NeighborGraphChecks.IsCosine(score)
        : score is >= -Tolerance and <= (LargestSquaredL2 + Tolerance);

    private static GnnReRankException WrongKind(string path, string what) =>
        new("WrongScoreKind", ErrorKind.InvalidData, $"'{path}': {what}.");
}
