namespace GnnReRank.Extractor;

/// <summary>What is written: a row a picture.</summary>
/// <param name="Features">The vector of each.</param>
/// <param name="Labels">The label of each; null where none was asked for.</param>
/// <param name="Cameras">The camera of each; null where none was asked for.</param>
/// <param name="Names">The name of each.</param>
internal sealed record FeatureRows(float[][] Features, string[]? Labels, int[]? Cameras, string[] Names);
