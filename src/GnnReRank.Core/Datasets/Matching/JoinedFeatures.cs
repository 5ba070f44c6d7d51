using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Matching;

/// <summary>What came of joining features to a data set.</summary>
internal sealed record JoinedFeatures
{
    /// <summary>What the files say, with the negatives that an open gallery took from the features.</summary>
    public required DatasetTruth Truth { get; init; }

    /// <summary>The lists over the joined rows.</summary>
    public GroundTruth? GroundTruth { get; init; }

    public FeatureMatrix? Query { get; init; }

    public FeatureMatrix? Gallery { get; init; }

    public IReadOnlyList<UnmatchedImage> UnmatchedImages { get; init; } = [];

    public IReadOnlyList<UnmatchedFeature> UnmatchedFeatures { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
