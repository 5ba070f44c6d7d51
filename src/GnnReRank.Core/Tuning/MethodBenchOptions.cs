namespace GnnReRank;

/// <summary>How methods are run and measured to be compared.</summary>
public sealed record MethodBenchOptions
{
    /// <summary>What the data set is called in the results.</summary>
    public string DataSet { get; init; } = string.Empty;

    /// <summary>How the rankings are measured; of each alike.</summary>
    public EvaluationSettings Evaluation { get; init; } = new() { Bootstrap = 1_000 };

    /// <summary>How they are compared with the cosine.</summary>
    public ComparisonSettings Comparison { get; init; } = new();

    /// <summary>How many gallery rows to keep a query; null keeps all.</summary>
    public int? Top { get; init; }

    /// <summary>Whether the results hold their rankings.</summary>
    public bool KeepRankings { get; init; }
}
