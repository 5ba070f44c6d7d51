namespace GnnReRank;

/// <summary>What the lists of a search of an index may hold.</summary>
public sealed record IndexSearchOptions
{
    /// <summary>The most gallery rows of a list, at least 1; null lists all.</summary>
    public int? Top { get; init; }

    /// <summary>
    /// Gallery rows of a lower score are not listed, so that a list may be empty: no match. Null lists whatever there is.
    /// Scores are those of the method: a cosine for Cosine, a cosine and what the walk adds to it for Diffusion.
    /// </summary>
    public float? MinimumScore { get; init; }

    /// <summary>
    /// The gallery rows that may be listed; null takes all. The graph is that of all rows whatever is listed.
    /// </summary>
    public RowSelection? Rows { get; init; }
}
