namespace GnnReRank.Binding;

/// <summary>A query and a gallery to compare methods on.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="Query">The queries.</param>
/// <param name="Gallery">The gallery.</param>
/// <param name="Dataset">What it came from; null where it came as matrices.</param>
internal sealed record LabelledPair(string Name, FeatureMatrix Query, FeatureMatrix Gallery, RetrievalDataset? Dataset);
