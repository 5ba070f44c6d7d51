namespace GnnReRank;

/// <summary>Whose rows show how near a gallery row lies to whatever one asks for.</summary>
public enum NormalizationBank
{
    /// <summary>The queries of the call, as CSLS has it.</summary>
    Query,

    /// <summary>
    /// All other gallery rows: for queries that come one by one, whose scores shall not depend on each other.
    /// </summary>
    Gallery,
}
