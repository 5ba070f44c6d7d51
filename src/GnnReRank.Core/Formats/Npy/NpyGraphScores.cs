namespace GnnReRank.Formats.Npy;

/// <summary>What can be said against the scores of a graph as a whole, before any list is touched.</summary>
internal static class NpyGraphScores
{
    // Squared distances of unit vectors are in [0, 4]; a distance taken from norms and products is off by float32's rounding.
    private const float LargestSquaredL2 = 4f;
    private const float Tolerance = 1e-3f;

    /// <exception cref="GnnReRankException">A score is not finite, is no distance, or the scores run the wrong way.</exception>
    public static void Check(
        string path, GraphScoreKind kind, ReadOnlySpan<int> indices, ReadOnlySpan<float> scores, int columns, CancellationToken cancellation)
    {
        int rows = indices.Length / columns;
        int rising = 0;
        int falling = 0;
        for (int row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            int direction = Direction(path, kind, row, indices.Slice(row * columns, columns), scores.Slice(row * columns, columns));
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
    }

    /// <summary>The float32 cosine of a score as it is stored.</summary>
    public static float ToCosine(float score, GraphScoreKind kind) =>
        kind == GraphScoreKind.SquaredL2 ? 1f - (Math.Clamp(score, 0f, LargestSquaredL2) / 2f) : score;

    /// <summary>1 where the scores of a list rise from its first to its last and never fall, -1 the other way round, else 0.</summary>
    private static int Direction(string path, GraphScoreKind kind, int row, ReadOnlySpan<int> indices, ReadOnlySpan<float> scores)
    {
        bool rises = false;
        bool falls = false;
        float? previous = null;
        for (int position = 0; position < indices.Length; position++)
        {
            if (indices[position] < 0)
            {
                continue;
            }

            float score = scores[position];
            CheckValue(path, kind, row, position, score);
            rises |= score > previous;
            falls |= score < previous;
            previous = score;
        }

        return rises == falls ? 0 : rises ? 1 : -1;
    }

    private static void CheckValue(string path, GraphScoreKind kind, int row, int position, float score)
    {
        if (!float.IsFinite(score))
        {
            throw new GnnReRankException(
                "InvalidNeighborGraph", ErrorKind.InvalidData,
                $"'{path}': the score at row {row}, position {position} (0-based) is {score}: scores must be finite.");
        }

        if (kind == GraphScoreKind.SquaredL2 && score is < -Tolerance or > LargestSquaredL2 + Tolerance)
        {
            throw new GnnReRankException(
                "InvalidNeighborGraph", ErrorKind.InvalidData,
                $"'{path}': the score at row {row}, position {position} (0-based) is {score}: squared Euclidean distances of normalised rows " +
                "are between 0 and 4. Normalise the features before the search.");
        }
    }

    private static GnnReRankException WrongKind(string path, string what) =>
        new("WrongScoreKind", ErrorKind.InvalidData, $"'{path}': {what}.");
}
