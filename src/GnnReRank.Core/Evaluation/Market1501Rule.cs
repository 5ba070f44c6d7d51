namespace GnnReRank.Evaluation;

/// <summary>Good: same label, other camera. Junk: label -1, and same label from the same camera.</summary>
internal sealed class Market1501Rule : IRelevanceRule
{
    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly LabelRule _sameLabel;
    private readonly Dictionary<(long Label, int Camera), int> _imagesByLabelAndCamera = [];

    public Market1501Rule(FeatureMatrix query, FeatureMatrix gallery)
    {
        _query = query;
        _gallery = gallery;
        _sameLabel = new LabelRule(query, gallery);
        for (int row = 0; row < gallery.RowCount; row++)
        {
            (long, int) key = (gallery.LabelSpan[row], gallery.CameraSpan[row]);
            _imagesByLabelAndCamera[key] = _imagesByLabelAndCamera.GetValueOrDefault(key) + 1;
        }
    }

    public EvaluationProtocol Protocol => EvaluationProtocol.Market1501;

    public string GoodInWords => "with the query's label from another camera (-1 is junk)";

    public int CountGood(int query)
    {
        (long, int) key = (_query.LabelSpan[query], _query.CameraSpan[query]);
        int sameLabel = _sameLabel.CountGood(query);
        return sameLabel == 0 ? 0 : sameLabel - _imagesByLabelAndCamera.GetValueOrDefault(key);
    }

    public Relevance Judge(int query, int gallery)
    {
        Relevance byLabel = _sameLabel.Judge(query, gallery);
        bool sameCamera = _query.CameraSpan[query] == _gallery.CameraSpan[gallery];
        return byLabel == Relevance.Good && sameCamera ? Relevance.Junk : byLabel;
    }
}
