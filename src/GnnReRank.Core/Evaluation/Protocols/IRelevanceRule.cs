namespace GnnReRank.Evaluation.Protocols;

/// <summary>A protocol's rule for good and junk, over one pair of query and gallery. Safe to share between threads.</summary>
internal interface IRelevanceRule
{
    /// <summary>What makes an image good, in words, for the message that no query has one.</summary>
    string GoodInWords { get; }

    /// <summary>The gallery rows that are junk to every query.</summary>
    ReadOnlySpan<int> CommonJunk { get; }

    /// <summary>How many good images the whole gallery holds for a query.</summary>
    int CountGood(int query);

    Relevance Judge(int query, int gallery);

    /// <summary>Adds the gallery rows that are good for a query, and those that are junk to it beside <see cref="CommonJunk"/>.</summary>
    void Collect(int query, List<int> good, List<int> junk);
}
