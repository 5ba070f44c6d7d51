namespace GnnReRank.Evaluation.Protocols;

/// <summary>Good: same label, other camera. Junk: label -1, and same label from the same camera.</summary>
internal sealed class Market1501Rule : IRelevanceRule
{
    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly LabelRule _sameLabel;

    public Market1501Rule(FeatureMatrix query, FeatureMatrix gallery)
    {
        _query = query;
        _gallery = gallery;
        _sameLabel = new LabelRule(query, gallery);
    }

    public string GoodInWords => "with the query's label from another camera (-1 is junk)";

    public ReadOnlySpan<int> CommonJunk => _sameLabel.CommonJunk;

    public int CountGood(int query)
    {
        int count = 0;
        foreach (int row in _sameLabel.GoodRows(query))
        {
            count += IsSameCamera(query, row) ? 0 : 1;
        }

        return count;
    }

    public Relevance Judge(int query, int gallery)
    {
        Relevance byLabel = _sameLabel.Judge(query, gallery);
        return byLabel == Relevance.Good && IsSameCamera(query, gallery) ? Relevance.Junk : byLabel;
    }

    public void Collect(int query, List<int> good, List<int> junk)
    {
        foreach (int row in _sameLabel.GoodRows(query))
        {
            (IsSameCamera(query, row) ? junk : good).Add(row);
        }
    }

    private bool IsSameCamera(int query, int gallery) => _query.CameraSpan[query] == _gallery.CameraSpan[gallery];
}
