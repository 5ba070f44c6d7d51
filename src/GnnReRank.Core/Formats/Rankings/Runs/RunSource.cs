namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>A run's file, and what its places are called in messages.</summary>
/// <param name="Path">The file.</param>
/// <param name="Unit">"line", "row (0-based)", "object".</param>
internal sealed record RunSource(string Path, string Unit)
{
    /// <summary>The error of an entry that cannot be used.</summary>
    /// <param name="errorId">What sort of thing is wrong with it.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="what">What was found, what was expected, what to do.</param>
    public GnnReRankException Error(string errorId, long place, string what) =>
        new(errorId, ErrorKind.InvalidData, $"'{Path}': {Unit} {place} {what}");
}
