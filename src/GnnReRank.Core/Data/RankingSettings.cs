namespace GnnReRank;

/// <summary>What made a ranking: enough to make it again.</summary>
public abstract record RankingSettings
{
    /// <summary>The name of the method, such as "Cosine" or "GNN".</summary>
    public abstract string Method { get; }

    /// <summary>Whether this is the plain ranking that others are compared with.</summary>
    public virtual bool IsBaseline => false;

    /// <summary>What the queries know of each other.</summary>
    public QueryMode QueryMode { get; init; }

    /// <summary>How near to the exact neighbours the lists came that it was made of; null where they were exact, or none.</summary>
    public GraphApproximation? Approximation { get; init; }
}
