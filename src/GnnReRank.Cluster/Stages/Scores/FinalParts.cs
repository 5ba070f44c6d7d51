namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>What the final stage leaves.</summary>
internal static class FinalParts
{
    public const string Stage = "final";

    /// <summary>Queries, gallery rows, ranks a query.</summary>
    public const string Counts = "counts";

    /// <summary>The two halves of the XXH128 of all indices, then all scores, in their order.</summary>
    public const string Digest = "digest";

    /// <summary>The recall of an approximate graph; not there where it is exact.</summary>
    public const string Recall = "recall";

    /// <summary>The rows that it was measured on.</summary>
    public const string RecallRows = "recallRows";
}
