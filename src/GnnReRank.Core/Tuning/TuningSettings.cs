namespace GnnReRank;

/// <summary>How parameters are looked for.</summary>
public sealed record TuningSettings
{
    /// <summary>The number of settings a method that are tried unless told otherwise.</summary>
    public const int DefaultBudget = 24;

    /// <summary>The methods that are tried; null takes all. Cosine is always among them.</summary>
    public IReadOnlyList<ReRankMethod>? Methods { get; init => field = PublicList.Of(value); }

    /// <summary>The figure that they are chosen by.</summary>
    public TuningMetric Metric { get; init; }

    /// <summary>How many settings of each method are tried at most, its defaults among them; at least 1.</summary>
    public int Budget { get; init; } = DefaultBudget;

    /// <summary>What the identities, the queries and the settings are drawn from: the same seed gives the same result.</summary>
    public int Seed { get; init; }

    /// <summary>How many bootstrap samples the winner's interval is taken from: 100 to 1,000,000.</summary>
    public int Bootstrap { get; init; } = 1_000;

    /// <summary>Whether rows are centred by camera first, for all methods alike; the settings found say so.</summary>
    public bool CenterCamera { get; init; }

    /// <summary>The protocol; null takes Market1501 where cameras are known, else Label.</summary>
    public EvaluationProtocol? Protocol { get; init; }

    /// <summary>The kind of average precision; null takes the protocol's official one.</summary>
    public ApKind? ApKind { get; init; }
}
