namespace GnnReRank;

/// <summary>By what the queries and gallery images of a run are told.</summary>
public enum RankingMatch
{
    /// <summary>Their names.</summary>
    Name,

    /// <summary>Their 0-based rows in the matrices.</summary>
    Index,
}
