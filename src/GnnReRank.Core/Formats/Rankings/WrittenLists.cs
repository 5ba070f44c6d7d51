namespace GnnReRank.Formats.Rankings;

/// <summary>The lists of a ranking, or of some of its queries, with what is known of the images.</summary>
/// <param name="Indices">Each query's gallery rows, the best first.</param>
/// <param name="Scores">Their scores.</param>
internal sealed record WrittenLists(IRowLists<int> Indices, IRowLists<float> Scores)
{
    /// <summary>The number of the first query among all.</summary>
    public int FirstQuery { get; init; }

    /// <summary>These queries; null where nothing is known of them.</summary>
    public FeatureMatrix? Query { get; init; }

    /// <summary>The gallery; null where nothing is known of it.</summary>
    public FeatureMatrix? Gallery { get; init; }

    public int QueryCount => Indices.RowCount;

    /// <summary>The lists of a ranking.</summary>
    public static WrittenLists Of(Ranking ranking) => new(ranking.IndexLists, ranking.ScoreLists)
    {
        Query = ranking.Query, Gallery = ranking.Gallery,
    };
}
