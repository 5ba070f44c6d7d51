namespace GnnReRank.Formats.Graphs;

/// <summary>Turns scores of one kind into cosines.</summary>
/// <param name="kind">What the scores are.</param>
/// <param name="norms">
/// The norm of each row, where they were not normalised before the search; null where they were, or nothing is known.
/// </param>
internal sealed class ScoreConversion(GraphScoreKind kind, double[]? norms)
{
    // Squared distances of unit vectors are in [0, 4]; a distance taken from norms and products is off by rounding.
    private const float LargestSquaredL2 = 4f;
    private const float LargestL2 = 2f;
    private const float Tolerance = 1e-3f;

    /// <summary>What the scores are.</summary>
    public GraphScoreKind Kind => kind;

    /// <summary>Whether the nearest has the lowest score.</summary>
    public bool IsDistance => kind is not (GraphScoreKind.Cosine or GraphScoreKind.InnerProduct);

    /// <summary>Whether norms of the features come into it.</summary>
    public bool UsesNorms => norms is not null;

    /// <summary>The norms of given features, for a message, where the scores are nearer to these normalised.</summary>
    public string? UnusedNorms { get; init; }

    /// <summary>What may be expected of the scores, for a message.</summary>
    public string Expected => norms is not null ? "with the norms of the given features it is no cosine" : kind switch
    {
        GraphScoreKind.Cosine => "cosines are between -1 and 1",
        GraphScoreKind.InnerProduct => "inner products of normalised rows are between -1 and 1",
        GraphScoreKind.SquaredL2 => "squared Euclidean distances of normalised rows are between 0 and 4",
        GraphScoreKind.L2 => "Euclidean distances of normalised rows are between 0 and 2",
        _ => "1 - cosine is between 0 and 2",
    };

    /// <summary>Whether the kind depends on the lengths of the rows.</summary>
    public static bool NeedsNorms(GraphScoreKind kind) =>
        kind is not (GraphScoreKind.Cosine or GraphScoreKind.CosineDistance);

    /// <summary>Whether the first score is nearer than the second.</summary>
    public bool IsBetter(float first, float second) => IsDistance ? first < second : first > second;

    /// <summary>Whether two such rows can have the score.</summary>
    public bool IsPossible(float score, int row, int other) => norms is not null
        ? NeighborGraphChecks.IsCosine((float)ByNorms(score, row, other))
        : kind switch
        {
            GraphScoreKind.SquaredL2 => score is >= -Tolerance and <= LargestSquaredL2 + Tolerance,
            GraphScoreKind.L2 => score is >= -Tolerance and <= LargestL2 + Tolerance,
            GraphScoreKind.CosineDistance or GraphScoreKind.InnerProductDistance =>
                NeighborGraphChecks.IsCosine(1f - score),
            _ => NeighborGraphChecks.IsCosine(score),
        };

    /// <summary>The float32 cosine of a score as it is stored.</summary>
    public float ToCosine(float score, int row, int other) => norms is not null
        ? (float)Math.Clamp(ByNorms(score, row, other), -1, 1)
        : kind switch
        {
            GraphScoreKind.SquaredL2 => OfSquare(score),
            GraphScoreKind.L2 => OfSquare(score * score),
            GraphScoreKind.CosineDistance or GraphScoreKind.InnerProductDistance => 1f - score,
            _ => score,
        };

    /// <summary>The cosine of a row with itself, where no list says it.</summary>
    public float OwnCosine(int row) => norms?[row] == 0 ? 0f : 1f;

    /// <summary>The score of this kind of two rows.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="product">Their inner product.</param>
    /// <param name="norm">The norm of one.</param>
    /// <param name="otherNorm">That of the other.</param>
    public static double ScoreOf(GraphScoreKind kind, double product, double norm, double otherNorm) => kind switch
    {
        GraphScoreKind.InnerProduct or GraphScoreKind.Cosine => product,
        GraphScoreKind.SquaredL2 => SquareOf(product, norm, otherNorm),
        GraphScoreKind.L2 => Math.Sqrt(Math.Max(0, SquareOf(product, norm, otherNorm))),
        _ => 1 - product,
    };

    private static double SquareOf(double product, double norm, double otherNorm) =>
        (norm * norm) + (otherNorm * otherNorm) - (2 * product);

    private static float OfSquare(float square) => 1f - (Math.Clamp(square, 0f, LargestSquaredL2) / 2f);

    // |a - b|^2 = |a|^2 + |b|^2 - 2 a.b; the cosine of a row of zeros with any row is 0.
    private double ByNorms(float score, int row, int other)
    {
        (double norm, double otherNorm) = (norms![row], norms[other]);
        double product = kind switch
        {
            GraphScoreKind.SquaredL2 => SquareOf(0, norm, otherNorm) - score,
            GraphScoreKind.L2 => SquareOf(0, norm, otherNorm) - ((double)score * score),
            GraphScoreKind.InnerProductDistance => 2 * (1 - (double)score),
            _ => 2 * (double)score,
        } / 2;
        return norm == 0 || otherNorm == 0 ? 0 : product / (norm * otherNorm);
    }
}
