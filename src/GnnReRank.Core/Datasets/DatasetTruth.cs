namespace GnnReRank.Datasets;

/// <summary>What a data set's files say, before features are joined to it.</summary>
/// <param name="Query">The queries, in the data set's order.</param>
/// <param name="Gallery">The gallery, in the data set's order. The very list of the queries where every image is a query of all others.</param>
/// <param name="GroundTruth">The lists over those rows, where the truth is not in labels.</param>
internal sealed record DatasetTruth(IReadOnlyList<DatasetImage> Query, IReadOnlyList<DatasetImage> Gallery, GroundTruth? GroundTruth = null)
{
    /// <summary>What a person should know: lines passed over, files without a name that fits.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
