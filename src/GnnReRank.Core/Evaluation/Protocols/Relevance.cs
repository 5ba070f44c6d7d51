namespace GnnReRank;

/// <summary>What a gallery image is to a query.</summary>
public enum Relevance
{
    /// <summary>Wrong: it counts against the list.</summary>
    Negative,

    /// <summary>Right.</summary>
    Good,

    /// <summary>Neither: it is taken out of the list before ranks are counted.</summary>
    Junk,
}
