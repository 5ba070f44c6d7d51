namespace GnnReRank.ReRanking.SingleQueries;

/// <summary>How a method ranks each query as if it were the only one.</summary>
internal enum SingleQueryWay
{
    /// <summary>It is run for each query with the gallery.</summary>
    OneByOne,

    /// <summary>The engine serves its recipe from the graph of the gallery alone.</summary>
    Engine,

    /// <summary>It never looks at other queries: all together give the same.</summary>
    Always,
}
