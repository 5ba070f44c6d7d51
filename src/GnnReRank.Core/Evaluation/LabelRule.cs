namespace GnnReRank.Evaluation;

/// <summary>Good: same label. Junk: label -1.</summary>
internal sealed class LabelRule : IRelevanceRule
{
    /// <summary>The field's label for junk images.</summary>
    public const long JunkLabel = -1;

    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly Dictionary<long, int> _imagesByLabel = [];

    public LabelRule(FeatureMatrix query, FeatureMatrix gallery)
    {
        _query = query;
        _gallery = gallery;
        foreach (long label in gallery.LabelSpan)
        {
            _imagesByLabel[label] = _imagesByLabel.GetValueOrDefault(label) + 1;
        }
    }

    public EvaluationProtocol Protocol => EvaluationProtocol.Label;

    public string GoodInWords => "with the query's label (-1 is junk)";

    public int CountGood(int query)
    {
        long label = _query.LabelSpan[query];
        return label == JunkLabel ? 0 : _imagesByLabel.GetValueOrDefault(label);
    }

    public Relevance Judge(int query, int gallery)
    {
        long label = _gallery.LabelSpan[gallery];
        return label == JunkLabel ? Relevance.Junk
            : label == _query.LabelSpan[query] ? Relevance.Good
            : Relevance.Negative;
    }
}
