namespace GnnReRank.Formats.Arrays;

/// <summary>The arrays that make one feature matrix.</summary>
/// <param name="Role">The part the matrix plays, as far as the names tell.</param>
/// <param name="Features">The array with the features.</param>
internal sealed record ArraySet(FeatureRole Role, string Features)
{
    public ArrayChoice? Labels { get; init; }

    public ArrayChoice? Cameras { get; init; }

    public ArrayChoice? Names { get; init; }

    /// <summary>What was left out as its names left open what is meant.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
