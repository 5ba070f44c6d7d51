namespace GnnReRank;

/// <summary>How a ranking is measured.</summary>
public sealed record EvaluationSettings
{
    /// <summary>The protocol; null takes Market1501 where both matrices have cameras, else LeaveOneOut where they hold the same rows, else Label.</summary>
    public EvaluationProtocol? Protocol { get; init; }

    /// <summary>The kind of average precision; null takes the protocol's official one.</summary>
    public ApKind? ApKind { get; init; }

    /// <summary>What the sums over queries are divided by; null takes the protocol's official one.</summary>
    public QueryDivisor? Divisor { get; init; }

    /// <summary>The ranks whose CMC is asked for beside the usual ones; each at least 1.</summary>
    public IReadOnlyList<int> Ranks { get; init => field = PublicList.Of(value); } = [];

    /// <summary>The lists of a benchmark that has no labels.</summary>
    public GroundTruth? GroundTruth { get; init; }

    /// <summary>One setup of the revisited benchmarks; null takes all three.</summary>
    public Difficulty? Difficulty { get; init; }

    /// <summary>How many galleries are drawn by the single-shot protocols; null takes the protocol's usual number.</summary>
    public int? Draws { get; init; }

    /// <summary>How many bootstrap samples of the queries the confidence intervals are taken from; 0 takes none.</summary>
    public int Bootstrap { get; init; }

    /// <summary>What the draws and the bootstrap start from: the same seed gives the same result.</summary>
    public int Seed { get; init; }
}
