namespace GnnReRank.Formats.Arrays;

/// <summary>An array of strings in a file.</summary>
internal sealed class TextArray
{
    /// <summary>The extents of the array of strings.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Reads the strings; only called once their number is known to be that of the feature rows.</summary>
    public required Func<CancellationToken, string[]> Read { get; init; }
}
