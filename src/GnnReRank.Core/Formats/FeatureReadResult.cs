namespace GnnReRank;

/// <summary>What was read from one feature file.</summary>
/// <param name="Matrices">One matrix, or one for each set asked for, in their order.</param>
/// <param name="Warnings">What a person should know: rows dropped, with their numbers.</param>
public sealed record FeatureReadResult(IReadOnlyList<FeatureMatrix> Matrices, IReadOnlyList<string> Warnings);
