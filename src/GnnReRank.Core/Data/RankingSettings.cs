namespace GnnReRank;

/// <summary>What made a ranking: enough to make it again.</summary>
public abstract record RankingSettings
{
    /// <summary>The name of the method, such as "Cosine" or "GNN".</summary>
    public abstract string Method { get; }

    /// <summary>Whether this is the plain ranking that others are compared with.</summary>
    public virtual bool IsBaseline => false;
}
