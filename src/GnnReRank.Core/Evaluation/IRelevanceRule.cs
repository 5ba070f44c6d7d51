namespace GnnReRank.Evaluation;

/// <summary>A protocol's rule for good and junk, over one pair of query and gallery. Safe to share between threads.</summary>
internal interface IRelevanceRule
{
    EvaluationProtocol Protocol { get; }

    /// <summary>What makes an image good, in words, for the message that no query has one.</summary>
    string GoodInWords { get; }

    /// <summary>How many good images the whole gallery holds for a query.</summary>
    int CountGood(int query);

    Relevance Judge(int query, int gallery);
}
