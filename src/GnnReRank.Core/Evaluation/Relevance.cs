namespace GnnReRank.Evaluation;

/// <summary>What a gallery image is to a query.</summary>
internal enum Relevance
{
    /// <summary>Wrong: it counts against the list.</summary>
    Negative,

    /// <summary>Right.</summary>
    Good,

    /// <summary>Neither: it is taken out of the list before ranks are counted.</summary>
    Junk,
}
