using System.Diagnostics;

namespace GnnReRank;

/// <summary>
/// A published data set's test images and truth, and the features that were joined to it by the names of the images. Immutable.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RetrievalDataset
{
    internal RetrievalDataset()
    {
    }

    /// <summary>Which data set it is.</summary>
    public required DatasetKind Kind { get; init; }

    /// <summary>Its form, where the data set has several; else null.</summary>
    public required string? Variant { get; init; }

    /// <summary>The protocol its figures are taken by.</summary>
    public required EvaluationProtocol Protocol { get; init; }

    /// <summary>The folder or file it was read from.</summary>
    public required string Path { get; init; }

    /// <summary>The data set's queries, in its order, with or without features.</summary>
    public required IReadOnlyList<DatasetImage> QueryImages { get; init => field = PublicList.Of(value); }

    /// <summary>The data set's gallery, in its order, with or without features.</summary>
    public required IReadOnlyList<DatasetImage> GalleryImages { get; init => field = PublicList.Of(value); }

    /// <summary>
    /// The lists of a data set without labels; else null. Its rows are those of <see cref="Query"/> and <see cref="Gallery"/>, or of the
    /// images where no features were joined.
    /// </summary>
    public required GroundTruth? GroundTruth { get; init; }

    /// <summary>The queries' features in the data set's order, with its labels, cameras and names; null where none were joined.</summary>
    public required FeatureMatrix? Query { get; init; }

    /// <summary>The gallery's features in the data set's order, with its labels, cameras and names; null where none were joined.</summary>
    public required FeatureMatrix? Gallery { get; init; }

    /// <summary>The images without a feature row. They are in neither matrix.</summary>
    public required IReadOnlyList<UnmatchedImage> UnmatchedImages { get; init => field = PublicList.Of(value); }

    /// <summary>The feature rows without an image. They are in neither matrix.</summary>
    public required IReadOnlyList<UnmatchedFeature> UnmatchedFeatures { get; init => field = PublicList.Of(value); }

    /// <summary>What a person should know before the figures are believed.</summary>
    public required IReadOnlyList<string> Warnings { get; init => field = PublicList.Of(value); }

    /// <summary>A line for people.</summary>
    public override string ToString()
    {
        string variant = Variant is null ? string.Empty : $" ({Variant})";
        string joined = Query is null && Gallery is null ? "without features" : $"with features of {Query?.RowCount ?? 0:N0} and {Gallery?.RowCount ?? 0:N0}";
        return FormattableString.Invariant($"{Kind}{variant}: {QueryImages.Count:N0} queries, {GalleryImages.Count:N0} gallery images, {joined}");
    }
}
