namespace GnnReRank.Packing;

/// <summary>What a pack holds; the numbers are part of the format.</summary>
internal enum PackKind
{
    FeatureMatrix = 1,
    NeighborGraph = 2,
    Ranking = 3,
    RetrievalAccuracy = 4,
    RetrievalComparison = 5,
    FeatureTransform = 6,
}
