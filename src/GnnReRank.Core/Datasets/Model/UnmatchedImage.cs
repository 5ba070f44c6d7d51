namespace GnnReRank;

/// <summary>An image of a data set that no feature row names.</summary>
/// <param name="Set">Whether it is a query or of the gallery.</param>
/// <param name="Image">The image.</param>
public sealed record UnmatchedImage(FeatureRole Set, DatasetImage Image)
{
    /// <summary>A line for people.</summary>
    public override string ToString() => $"{Set.ToString().ToLowerInvariant()} {Image}";
}
