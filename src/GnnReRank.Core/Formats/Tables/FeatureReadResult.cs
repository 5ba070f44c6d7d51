namespace GnnReRank;

/// <summary>What was read from one feature file.</summary>
/// <param name="Matrices">One matrix, or one for each set asked for, in their order.</param>
/// <param name="Warnings">What a person should know: rows dropped, with their numbers.</param>
public sealed record FeatureReadResult(IReadOnlyList<FeatureMatrix> Matrices, IReadOnlyList<string> Warnings)
{
    /// <summary>One matrix, or one for each set asked for, in their order.</summary>
    public IReadOnlyList<FeatureMatrix> Matrices { get; init => field = PublicList.Of(value); } = PublicList.Of(Matrices);

    /// <summary>What a person should know: rows dropped, with their numbers.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = PublicList.Of(value); } = PublicList.Of(Warnings);
}
