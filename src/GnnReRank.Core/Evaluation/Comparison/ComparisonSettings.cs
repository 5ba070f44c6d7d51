namespace GnnReRank;

/// <summary>How two results are compared.</summary>
public sealed record ComparisonSettings
{
    /// <summary>How many bootstrap samples of the queries the interval is taken from: 100 to 1,000,000.</summary>
    public int Bootstrap { get; init; } = 1_000;

    /// <summary>How many patterns of signs the randomization test draws; 13 changed queries or fewer are tested exactly.</summary>
    public int Flips { get; init; } = 10_000;

    /// <summary>What both start from: the same seed gives the same result.</summary>
    public int Seed { get; init; }

    /// <summary>The difference is called a gain or a loss where its p-value is below this; above 0 and below 1.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>How many of the most gained and most lost queries are listed; at least 0.</summary>
    public int Top { get; init; } = 10;
}
