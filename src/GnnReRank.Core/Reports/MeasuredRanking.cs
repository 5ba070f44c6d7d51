namespace GnnReRank.Reports;

/// <summary>A ranking with its figures, where something says which images match.</summary>
internal sealed record MeasuredRanking(Ranking Ranking, string Name, string ShortName)
{
    // The setup that Oxford and Paris papers quote first.
    private const Difficulty Quoted = GnnReRank.Difficulty.Medium;

    /// <summary>One result, or one for each setup of the revisited benchmarks; empty where nothing says which images match.</summary>
    public IReadOnlyList<RetrievalAccuracy> Results { get; init; } = [];

    /// <summary>The result that curves and queries are shown of.</summary>
    public RetrievalAccuracy? Main => Results.FirstOrDefault(result => result.Difficulty == Quoted) ?? Results.FirstOrDefault();

    /// <summary>The mean interpolated precision at each recall level; null where it is not known.</summary>
    public double[]? PrecisionRecall { get; init; }
}
