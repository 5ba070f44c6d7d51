namespace GnnReRank;

/// <summary>What the order of a run's lists is taken from.</summary>
public enum RankingOrder
{
    /// <summary>The scores, best first.</summary>
    Score,

    /// <summary>The column of ranks.</summary>
    Rank,
}
