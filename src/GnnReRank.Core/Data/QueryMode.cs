namespace GnnReRank;

/// <summary>What the queries of a ranking know of each other. Accuracy differs by it, so every result names it.</summary>
public enum QueryMode
{
    /// <summary>
    /// All queries together: each is a vertex of the graph, or at least every query was there when the ranking was made.
    /// Published figures are of this kind.
    /// </summary>
    Batch,

    /// <summary>Each query as if it were the only one: as a service sees them, one at a time.</summary>
    Independent,
}
