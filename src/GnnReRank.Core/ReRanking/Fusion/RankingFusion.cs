namespace GnnReRank;

/// <summary>How several rankings become one.</summary>
public enum RankingFusion
{
    /// <summary>Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): the sum of weight / (k + rank); scores do not matter.</summary>
    ReciprocalRank,

    /// <summary>The weighted sum of scores, each list's brought to 0 for its lowest and 1 for its highest.</summary>
    MinMax,

    /// <summary>The weighted sum of scores, each list's less their mean and divided by their standard deviation.</summary>
    ZScore,
}
