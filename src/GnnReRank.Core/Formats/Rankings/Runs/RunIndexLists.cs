namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Lists of gallery indices, one a query, best first; -1 pads a short one.</summary>
internal sealed class RunIndexLists
{
    private const int Padding = -1;

    private readonly RunSource _source;
    private readonly int _galleryCount;
    private readonly RankingReadOptions _options;
    private readonly int[][] _indices;
    private readonly float[][] _scores;
    private readonly int[] _seen;
    private readonly RankingScoreKind _distances;

    /// <param name="source">The run.</param>
    /// <param name="queryCount">The number of lists.</param>
    /// <param name="galleryCount">The number of gallery rows.</param>
    /// <param name="options">How many ranks to keep.</param>
    public RunIndexLists(RunSource source, int queryCount, int galleryCount, RankingReadOptions options)
    {
        _source = source;
        _galleryCount = galleryCount;
        _options = options;
        _distances = options.ScoreKind == RankingScoreKind.Similarity ? RankingScoreKind.Similarity : RankingScoreKind.Distance;
        _indices = new int[queryCount][];
        _scores = new float[queryCount][];
        _seen = new int[galleryCount];
    }

    /// <exception cref="GnnReRankException">No list holds anything.</exception>
    public Ranking ToRanking(FeatureMatrix query, FeatureMatrix gallery, ImportedSettings settings)
    {
        RaggedRows<int> indices = new(_indices);
        return indices.Longest > 0
            ? new Ranking(query, gallery, indices, new RaggedRows<float>(_scores), settings)
            : throw new GnnReRankException("RunMatchesNothing", ErrorKind.InvalidData, $"'{_source.Path}': its lists hold nothing but padding (-1).");
    }

    /// <summary>Takes a query's list.</summary>
    /// <param name="query">0-based query row.</param>
    /// <param name="list">Gallery rows.</param>
    /// <param name="distances">Their distances; empty where the file has none.</param>
    /// <exception cref="GnnReRankException">An index is out of range or stands twice, or a distance is not a number.</exception>
    public void Take(int query, ReadOnlySpan<int> list, ReadOnlySpan<float> distances)
    {
        int length = list.Length - list.Count(Padding);
        int kept = Math.Min(length, _options.Top ?? int.MaxValue);
        int[] indices = _indices[query] = new int[kept];
        float[] scores = _scores[query] = new float[kept];
        int rank = 0;
        for (int place = 0; place < list.Length; place++)
        {
            int gallery = list[place];
            if (gallery == Padding)
            {
                continue;
            }

            Check(query, place, gallery, distances.IsEmpty ? 0 : distances[place]);
            if (rank < kept)
            {
                indices[rank] = gallery;
                scores[rank] = distances.IsEmpty ? RunScore.OfPlace(rank) : RunScore.Kept(RunScore.Of(distances[place], _distances));
            }

            rank++;
        }
    }

    private void Check(int query, int place, int gallery, float distance)
    {
        if (gallery < 0 || gallery >= _galleryCount)
        {
            throw _source.Error(
                "RunIndexOutOfRange", query,
                $"has gallery row {gallery} at position {place}, and the gallery matrix has the rows 0 to {_galleryCount - 1} (-1 pads a short list). Give the gallery that the lists were made of.");
        }

        if (_seen[gallery] == query + 1)
        {
            throw _source.Error("RunImageTwice", query, $"has gallery row {gallery} a second time, at position {place}. Drop one of them.");
        }

        if (float.IsNaN(distance))
        {
            throw _source.Error("RunScoreNotANumber", query, $"has a distance that is not a number (NaN), at position {place}.");
        }

        _seen[gallery] = query + 1;
    }
}
