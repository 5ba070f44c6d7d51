namespace GnnReRank;

/// <summary>How a run is read, and how its queries and gallery images are found in the matrices.</summary>
public sealed record RankingReadOptions
{
    /// <summary>The format; null goes by the file's ending.</summary>
    public RankingFormat? Format { get; init; }

    /// <summary>What the numbers are; null takes <see cref="RankingScoreKind.Similarity"/>, unless their name speaks of distances, which is an error.</summary>
    public RankingScoreKind? ScoreKind { get; init; }

    /// <summary>
    /// What the order is taken from; null takes the scores of a TREC run, as trec_eval does, but the ranks of one that this module
    /// wrote, and of all other formats as far as they have ranks.
    /// </summary>
    public RankingOrder? Order { get; init; }

    /// <summary>By what rows are found; null takes names where file and matrix have them, else rows.</summary>
    public RankingMatch? Match { get; init; }

    /// <summary>The array to read in a file with several; null takes the one that fits the matrices.</summary>
    public string? Name { get; init; }

    /// <summary>How many ranks of each list to keep, at least 1; null keeps all.</summary>
    public int? Top { get; init; }

    /// <summary>Leaves out gallery images that the matrix does not have, with a warning, instead of failing.</summary>
    public bool SkipUnknown { get; init; }

    /// <summary>Progress, warnings and cancellation.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
