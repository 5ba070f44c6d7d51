namespace GnnReRank;

/// <summary>A feature row that no image of the data set has.</summary>
/// <param name="Set">The matrix it lies in: query, gallery, or none where one matrix holds both.</param>
/// <param name="Row">Its 0-based row there.</param>
/// <param name="Name">Its name.</param>
public sealed record UnmatchedFeature(FeatureRole Set, int Row, string Name)
{
    /// <summary>A line for people.</summary>
    public override string ToString() => FormattableString.Invariant($"{Set.ToString().ToLowerInvariant()} row {Row} {DisplayText.Of(Name)}").TrimEnd();
}
