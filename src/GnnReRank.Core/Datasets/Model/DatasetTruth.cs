namespace GnnReRank.Datasets.Model;

/// <summary>What a data set's files say, before features are joined to it.</summary>
/// <param name="Query">The queries, in the data set's order.</param>
/// <param name="Gallery">The gallery, in the data set's order. The very list of the queries where every image is a query of all others.</param>
/// <param name="GroundTruth">The lists over those rows, where the truth is not in labels.</param>
internal sealed record DatasetTruth(IReadOnlyList<DatasetImage> Query, IReadOnlyList<DatasetImage> Gallery, GroundTruth? GroundTruth = null)
{
    /// <summary>
    /// Whether the files do not name all of the gallery: then every feature row that fits no image is one more gallery image, in no list.
    /// </summary>
    public bool GalleryIsOpen { get; init; }

    /// <summary>Whether the images stand in the order of the data set, by which features without names can be taken.</summary>
    public bool HasOrder { get; init; } = true;

    /// <summary>What a person should know: lines passed over, files without a name that fits.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
