namespace GnnReRank.Formats.Rankings;

/// <summary>Writes rankings in one format.</summary>
internal interface IRankingWriter
{
    /// <summary>Writes a new file at exactly this path, which is not yet the final one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="ranking">What to write.</param>
    /// <param name="depth">How many ranks a query, at most the ranking's own depth.</param>
    /// <param name="options">Progress and cancellation.</param>
    void Write(string path, Ranking ranking, int depth, ComputeOptions options);
}
