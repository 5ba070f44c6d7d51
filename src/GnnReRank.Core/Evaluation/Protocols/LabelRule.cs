namespace GnnReRank.Evaluation.Protocols;

/// <summary>Good: same label. Junk: label -1.</summary>
internal sealed class LabelRule : IRelevanceRule
{
    /// <summary>The field's label for junk images.</summary>
    public const long JunkLabel = -1;

    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly LabelIndex _index;

    public LabelRule(FeatureMatrix query, FeatureMatrix gallery)
    {
        _query = query;
        _gallery = gallery;
        _index = new LabelIndex(gallery.LabelSpan);
    }

    public string GoodInWords => "with the query's label (-1 is junk)";

    public ReadOnlySpan<int> CommonJunk => _index.RowsOfLabel(JunkLabel);

    public int CountGood(int query) => GoodRows(query).Length;

    public Relevance Judge(int query, int gallery)
    {
        long label = _gallery.LabelSpan[gallery];
        return label == JunkLabel ? Relevance.Junk
            : label == _query.LabelSpan[query] ? Relevance.Good
            : Relevance.Negative;
    }

    public void Collect(int query, List<int> good, List<int> junk) => good.AddRange(GoodRows(query));

    /// <summary>The gallery rows of the query's label; none where that is -1.</summary>
    public ReadOnlySpan<int> GoodRows(int query)
    {
        long label = _query.LabelSpan[query];
        return label == JunkLabel ? [] : _index.RowsOfLabel(label);
    }
}
