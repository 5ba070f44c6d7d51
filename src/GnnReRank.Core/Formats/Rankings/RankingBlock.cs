namespace GnnReRank.Formats.Rankings;

/// <summary>The lists of some queries as columns, one row a (query, rank).</summary>
internal sealed class RankingBlock
{
    private readonly Ranking _ranking;
    private readonly int _first;
    private readonly int _count;
    private readonly int _depth;

    /// <summary>Takes the first ranks of some queries.</summary>
    public RankingBlock(Ranking ranking, int first, int count, int depth)
    {
        _ranking = ranking;
        _first = first;
        _count = count;
        _depth = depth;
        QueryRows = Column((query, rank) => query);
        GalleryRows = Gathered(ranking.GetIndexSpan);
    }

    public FeatureMatrix Query => _ranking.Query;

    public FeatureMatrix Gallery => _ranking.Gallery;

    public int[] QueryRows { get; }

    public int[] GalleryRows { get; }

    public int[] Ranks() => Column((query, rank) => rank);

    public float[] Scores() => Gathered(_ranking.GetScoreSpan);

    private int[] Column(Func<int, int, int> valueOf)
    {
        int[] column = new int[_count * _depth];
        for (int row = 0; row < column.Length; row++)
        {
            column[row] = valueOf(_first + (row / _depth), (row % _depth) + 1);
        }

        return column;
    }

    private T[] Gathered<T>(Func<int, ReadOnlySpan<T>> listOf)
    {
        T[] column = new T[_count * _depth];
        for (int query = 0; query < _count; query++)
        {
            listOf(_first + query)[.._depth].CopyTo(column.AsSpan(query * _depth));
        }

        return column;
    }
}
