namespace GnnReRank.Formats.Graphs;

/// <summary>The errors that all lists and matrices made elsewhere share.</summary>
internal static class GraphErrors
{
    public static GnnReRankException OutOfRange(string path, int row, int position, int index, int rows)
    {
        string found = index is int.MaxValue or int.MinValue
            ? "a vertex past the range of int32"
            : $"vertex {index}";
        return new(
            "GraphIndexOutOfRange", ErrorKind.InvalidData,
            $"'{path}': row {row}, position {position} names {found}: indices go from 0 to {rows - 1} (-1 pads a " +
            "short list). Are the indices 0-based, and were the queries and the gallery searched as one set, " +
            "queries first? Lists of queries that name gallery rows are no graph: Import-Ranking reads them.");
    }

    public static GnnReRankException NotFinite(string path, int row, int position, float score) => new(
        "InvalidNeighborGraph", ErrorKind.InvalidData,
        $"'{path}': the score at row {row}, position {position} (0-based) is {score}: scores must be finite.");

    public static GnnReRankException Impossible(
        string path, int row, int position, float score, ScoreConversion conversion)
    {
        string advice = conversion.UsesNorms
            ? "Give the features that the lists were made of, queries first, and the kind of the scores."
            : conversion.UnusedNorms is string norms
                ? $"The given features have norms of {norms}: the scores are nearer to them normalised than as they " +
                    "are, and fit neither. Give the features that the lists were made of, queries first."
                : ScoreConversion.NeedsNorms(conversion.Kind)
                    ? "Normalise the features before the search, or give them: -Query, -Gallery."
                    : "Normalise the features before the search; or, if the scores are inner products, say " +
                        "-ScoreKind InnerProduct and give the features, -Query and -Gallery.";
        return new(
            "InvalidNeighborGraph", ErrorKind.InvalidData,
            $"'{path}': the score at row {row}, position {position} (0-based) is {score}: {conversion.Expected}. " +
            $"{advice}");
    }

    /// <summary>Scores that run the wrong way for their kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isDistance">Whether they were said to be distances.</param>
    /// <param name="found">What was found: "the scores rise along 5 of 6 lists".</param>
    /// <param name="other">What else may help; nothing where that is all.</param>
    public static GnnReRankException WrongKind(string path, bool isDistance, string found, string other = "")
    {
        string advice = isDistance
            ? "similarities do: pass -ScoreKind Cosine, or -ScoreKind InnerProduct of rows that were not normalised."
            : "distances do: pass -ScoreKind SquaredL2 (faiss, 'l2' of hnswlib and usearch), -ScoreKind L2 " +
                "(scikit-learn, SciPy) or -ScoreKind CosineDistance (1 - cosine: hnswlib, usearch, cuVS).";
        return new("WrongScoreKind", ErrorKind.InvalidData, $"'{path}': {found}, as {advice}{other}");
    }

    public static GnnReRankException TooLarge(string path, string what) => new(
        "GraphTooLarge", ErrorKind.TooLarge,
        $"'{path}': {what} has more neighbours than one graph holds ({Array.MaxLength:N0}). Keep fewer a vertex.");
}
