namespace GnnReRank.Evaluation.Protocols;

/// <summary>Good: same label, another image. Junk: label -1, and the query itself where the gallery holds it.</summary>
internal sealed class OtherImagesRule : IRelevanceRule
{
    private readonly LabelRule _sameLabel;
    private readonly int[] _ownRows;

    /// <param name="query">The queries.</param>
    /// <param name="gallery">The gallery, which holds some of them or all.</param>
    /// <param name="ownRows">The gallery row of each query, or <see cref="OwnRows.None"/>.</param>
    public OtherImagesRule(FeatureMatrix query, FeatureMatrix gallery, int[] ownRows)
    {
        _sameLabel = new LabelRule(query, gallery);
        _ownRows = ownRows;
    }

    public string GoodInWords => "with the query's label, itself apart (-1 is junk)";

    public ReadOnlySpan<int> CommonJunk => _sameLabel.CommonJunk;

    /// <summary>How many queries stand in the gallery themselves.</summary>
    public int OwnImageCount => _ownRows.Count(row => row != OwnRows.None);

    /// <summary>The query's own gallery row; <see cref="OwnRows.None"/> where there is none.</summary>
    public int OwnRow(int query) => _ownRows[query];

    public int CountGood(int query)
    {
        ReadOnlySpan<int> rows = _sameLabel.GoodRows(query);
        return rows.Length - (rows.Contains(_ownRows[query]) ? 1 : 0);
    }

    public Relevance Judge(int query, int gallery) =>
        gallery == _ownRows[query] ? Relevance.Junk : _sameLabel.Judge(query, gallery);

    public void Collect(int query, List<int> good, List<int> junk)
    {
        _sameLabel.Collect(query, good, junk);
        good.Remove(_ownRows[query]);
        if (_ownRows[query] != OwnRows.None && !CommonJunk.Contains(_ownRows[query]))
        {
            junk.Add(_ownRows[query]);
        }
    }
}
