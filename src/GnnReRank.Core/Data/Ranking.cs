using System.Diagnostics;

namespace GnnReRank;

/// <summary>
/// A retrieval list for each query: gallery indices from best to worst with their scores, all of them or the first
/// <see cref="Depth"/>. Lists that another system made, or that a least score ended, may differ in length and be empty: what a list does
/// not hold was not retrieved. Immutable.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Ranking
{
    private readonly IRowLists<int> _indices;
    private readonly IRowLists<float> _scores;

    internal Ranking(
        FeatureMatrix query, FeatureMatrix gallery, IRowLists<int> indices, IRowLists<float> scores, RankingSettings settings)
    {
        if (indices.RowCount != query.RowCount || scores.RowCount != query.RowCount || !HaveEqualLengths(indices, scores) ||
            indices.Longest > gallery.RowCount)
        {
            throw new ArgumentException(
                $"Lists of {indices.RowCount} x {indices.Longest} and scores of {scores.RowCount} x {scores.Longest} do not fit " +
                $"{query.RowCount} queries and {gallery.RowCount} gallery rows.", nameof(indices));
        }

        Query = query;
        Gallery = gallery;
        Settings = settings;
        _indices = indices;
        _scores = scores;
    }

    /// <summary>The queries, one list each.</summary>
    public FeatureMatrix Query { get; }

    /// <summary>The gallery the indices speak of.</summary>
    public FeatureMatrix Gallery { get; }

    /// <summary>The method and its parameters.</summary>
    public RankingSettings Settings { get; }

    /// <summary>The name of the method: "Cosine", "GNN".</summary>
    public string Method => Settings.Method;

    /// <summary>The number of queries.</summary>
    public int QueryCount => Query.RowCount;

    /// <summary>The number of gallery rows.</summary>
    public int GalleryCount => Gallery.RowCount;

    /// <summary>The length of each list; of the longest, where they differ. 0 where all are empty.</summary>
    public int Depth => _indices.Longest;

    /// <summary>The length of the shortest list: <see cref="Depth"/>, unless the lists differ. 0 where a query has none.</summary>
    public int ShortestDepth => _indices.Shortest;

    /// <summary>Whether every list holds the whole gallery.</summary>
    public bool IsFull => ShortestDepth == GalleryCount;

    /// <summary>The lists of all queries.</summary>
    internal IRowLists<int> IndexLists => _indices;

    /// <summary>Their scores.</summary>
    internal IRowLists<float> ScoreLists => _scores;

    /// <summary>The length of one query's list.</summary>
    /// <param name="query">0-based query row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The query is outside the ranking.</exception>
    public int GetDepth(int query) => GetIndexSpan(query).Length;

    /// <summary>A copy of one query's gallery indices (0-based), best first.</summary>
    /// <param name="query">0-based query row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The query is outside the ranking.</exception>
    public int[] GetIndices(int query) => GetIndexSpan(query).ToArray();

    /// <summary>A copy of one query's scores, in the order of its list.</summary>
    /// <param name="query">0-based query row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The query is outside the ranking.</exception>
    public float[] GetScores(int query) => GetScoreSpan(query).ToArray();

    /// <summary>One query's gallery indices (0-based), best first, without a copy.</summary>
    /// <param name="query">0-based query row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The query is outside the ranking.</exception>
    public ReadOnlySpan<int> GetIndexSpan(int query) => _indices[Checked(query)];

    /// <summary>One query's scores, in the order of its list, without a copy.</summary>
    /// <param name="query">0-based query row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The query is outside the ranking.</exception>
    public ReadOnlySpan<float> GetScoreSpan(int query) => _scores[Checked(query)];

    /// <summary>One (query, rank) with all that is known of both images.</summary>
    /// <param name="query">0-based query row.</param>
    /// <param name="rank">1-based rank, up to the length of the query's list.</param>
    /// <exception cref="ArgumentOutOfRangeException">The query or rank is outside the ranking.</exception>
    public RankingEntry GetEntry(int query, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, GetDepth(query));
        int gallery = GetIndexSpan(query)[rank - 1];
        long? queryLabel = Query.Labels?[query];
        long? galleryLabel = Gallery.Labels?[gallery];
        return new RankingEntry
        {
            QueryIndex = query,
            QueryName = Query.Names?[query],
            QueryLabel = queryLabel,
            QueryLabelText = Query.GetLabelText(query),
            Rank = rank,
            GalleryIndex = gallery,
            GalleryName = Gallery.Names?[gallery],
            GalleryLabel = galleryLabel,
            GalleryLabelText = Gallery.GetLabelText(gallery),
            Score = GetScoreSpan(query)[rank - 1],
            IsMatch = queryLabel is null || galleryLabel is null ? null : queryLabel == galleryLabel,
        };
    }

    /// <summary>A line for people: method and sizes.</summary>
    public override string ToString()
    {
        string depth = IsFull ? "all" : Depth == 0 ? "none of" : ShortestDepth == Depth ? $"top {Depth:N0} of" : $"up to {Depth:N0} of";
        return $"{Settings}: {QueryCount:N0} queries, {depth} {GalleryCount:N0} gallery rows";
    }

    /// <summary>The same lists for matrices whose rows are the same images; the lists are shared, not copied.</summary>
    internal Ranking With(FeatureMatrix query, FeatureMatrix gallery, RankingSettings settings) =>
        new(query, gallery, _indices, _scores, settings);

    /// <summary>The lists of some consecutive queries, which are shared and not copied.</summary>
    /// <param name="queries">Those queries.</param>
    /// <param name="from">The first of them.</param>
    internal Ranking OfQueries(FeatureMatrix queries, int from) => new(
        queries, Gallery, new RowSlice<int>(_indices, from, queries.RowCount), new RowSlice<float>(_scores, from, queries.RowCount), Settings);

    private static bool HaveEqualLengths(IRowLists<int> indices, IRowLists<float> scores)
    {
        if (indices is RowBlocks<int> && scores is RowBlocks<float>)
        {
            return indices.Longest == scores.Longest;
        }

        return Enumerable.Range(0, Math.Min(indices.RowCount, scores.RowCount)).All(row => indices[row].Length == scores[row].Length);
    }

    private int Checked(int query)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(query);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(query, QueryCount);
        return query;
    }
}
