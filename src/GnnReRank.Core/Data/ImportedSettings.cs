namespace GnnReRank;

/// <summary>A ranking that was read from a file. What made it, the file says by a tag alone.</summary>
/// <param name="Tag">What the run calls itself: the tag of a TREC run, else the file's name without its ending.</param>
/// <param name="Source">The file's name, without its folder.</param>
public sealed record ImportedSettings(string Tag, string Source) : RankingSettings
{
    /// <inheritdoc/>
    public override string Method => Tag;

    /// <summary>A line for people: the tag, and the file where that says more.</summary>
    public override string ToString() => DisplayText.Of(Source.StartsWith($"{Tag}.", StringComparison.Ordinal) ? Tag : $"{Tag} ({Source})");
}
