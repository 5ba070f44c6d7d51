namespace GnnReRank;

/// <summary>How a ranking is measured.</summary>
public sealed record EvaluationSettings
{
    /// <summary>The protocol; null takes Market1501 where both matrices have cameras, else Label.</summary>
    public EvaluationProtocol? Protocol { get; init; }

    /// <summary>The kind of average precision.</summary>
    public ApKind ApKind { get; init; } = ApKind.Trapezoid;

    /// <summary>What the sums over queries are divided by.</summary>
    public QueryDivisor Divisor { get; init; } = QueryDivisor.Valid;

    /// <summary>The ranks whose CMC is asked for beside 1, 5, 10 and 20; each at least 1.</summary>
    public IReadOnlyList<int> Ranks { get; init; } = [];
}
