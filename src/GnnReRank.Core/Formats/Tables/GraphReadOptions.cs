namespace GnnReRank;

/// <summary>How a neighbour graph is read, and what is known of its rows.</summary>
public sealed record GraphReadOptions
{
    /// <summary>
    /// The file with the scores, where the indices lie in a file of their own (.npy, .ibin, .ivecs); null takes the
    /// one beside it.
    /// </summary>
    public string? ScorePath { get; init; }

    /// <summary>
    /// What the scores are, where the file does not say it; null takes cosines, but for a column of a table that is
    /// called a distance, which is an error.
    /// </summary>
    public GraphScoreKind? ScoreKind { get; init; }

    /// <summary>The features of the first rows; null where unknown.</summary>
    /// <remarks>
    /// Features turn scores of rows that are not normalised into cosines, and their names find rows that a table gives
    /// by name. The graph that is read does not keep them.
    /// </remarks>
    public FeatureMatrix? Query { get; init; }

    /// <summary>The features of the rows after the queries; null where unknown.</summary>
    public FeatureMatrix? Gallery { get; init; }

    /// <summary>Whether the lists are those of rows centred by camera; the features are the rows before that.</summary>
    public bool CenterCamera { get; init; }

    /// <summary>
    /// Neighbours to keep a row, itself included, at least 1; null keeps all of a list, and 64 of a row of a square
    /// matrix.
    /// </summary>
    public int? NeighborCount { get; init; }

    /// <summary>
    /// The array with the indices or the square matrix in a file of several; null takes the usual one.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// By what a table finds rows; null takes names where its ids are texts and the features have names, else row
    /// numbers from 0.
    /// </summary>
    public RankingMatch? Match { get; init; }

    /// <summary>Progress, warnings and cancellation.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
