namespace GnnReRank.Tuning;

/// <summary>
/// All rows in one order, queries first, then the gallery. Any number of the first queries may be asked of one and the same graph: those
/// that are not asked stand among the gallery then, as junk, which no list counts. So one search for neighbours serves every stage, and a
/// stage costs what its queries cost.
/// </summary>
internal sealed class TuningRows
{
    private const long Junk = -1;

    private readonly int _queryCount;

    /// <param name="query">The queries, in the order in which they are asked.</param>
    /// <param name="gallery">The gallery.</param>
    /// <exception cref="GnnReRankException">The matrices do not fit, or are too large for one.</exception>
    public TuningRows(FeatureMatrix query, FeatureMatrix gallery)
    {
        MatrixChecks.RequireFit(query, gallery);
        _queryCount = query.RowCount;
        int rows = FeatureMatrixChecks.ElementCount((long)query.RowCount + gallery.RowCount, 1);
        All = FeatureMatrix.Adopt(
            JoinedStorage.Below([query.Storage, gallery.Storage], rows),
            [.. query.LabelArray!, .. gallery.LabelArray!],
            query.HasCameras && gallery.HasCameras ? [.. query.CameraArray!, .. gallery.CameraArray!] : null,
            query.HasNames && gallery.HasNames ? [.. query.NameArray!, .. gallery.NameArray!] : null,
            FeatureRole.None, source: null, inverseNorms: null, LabelNames.Merged([query, gallery]));
    }

    /// <summary>Every row.</summary>
    public FeatureMatrix All { get; }

    /// <summary>Some queries.</summary>
    public FeatureMatrix Queries(int from, int count) => Rows(from, count, junk: 0, FeatureRole.Query);

    /// <summary>What is ranked for the first queries: the gallery, and the queries that are not asked, as junk.</summary>
    public FeatureMatrix GalleryBeside(int asked) =>
        Rows(asked, All.RowCount - asked, junk: _queryCount - asked, FeatureRole.Gallery);

    /// <param name="from">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="junk">How many of the first lose their labels.</param>
    /// <param name="role">What they are.</param>
    private FeatureMatrix Rows(int from, int count, int junk, FeatureRole role)
    {
        FeatureMatrix picked = FeatureSelector.Select(All, new RowSelection { Indices = [.. Enumerable.Range(from, count)] });
        long[] labels = [.. picked.LabelSpan];
        labels.AsSpan(0, junk).Fill(Junk);
        return FeatureMatrix.Adopt(
            picked.Storage, labels, picked.CameraArray, picked.NameArray, role, source: null, picked.InverseNorms.ToArray(), picked.LabelNames);
    }
}
