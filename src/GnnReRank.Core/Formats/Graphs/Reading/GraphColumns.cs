using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>
/// Which columns of a table hold what of a graph, by the names that data bases and jobs give them; letters alone count.
/// </summary>
/// <param name="Source">The column of the row; null where each row of the table is the list of its own number.</param>
/// <param name="Target">The column of the neighbour, or of the list of them.</param>
/// <param name="Score">The column of their score, or of the list of scores.</param>
internal sealed record GraphColumns(int? Source, int Target, int Score)
{
    private static readonly string[] s_sources =
    [
        "source", "sourceid", "src", "srcid", "query", "queryid", "queryindex", "row", "rowid", "vertex", "ida", "from",
        "id", "itemid", "pointid", "docid", "key", "name", "index", "i",
    ];

    private static readonly string[] s_targets =
    [
        "target", "targetid", "dst", "dstid", "neighbor", "neighbour", "neighborid", "neighbourid", "neighborindex",
        "match", "matchid", "matchedid", "hit", "hitid", "resultid", "gallery", "galleryid", "galleryindex", "other",
        "otherid", "idb", "to", "j",
    ];

    private static readonly string[] s_scores =
    [
        "score", "similarity", "cosine", "cosinesimilarity", "sim", "weight", "distance", "dist", "distcol",
        "cosinedistance",
    ];

    private static readonly string[] s_targetLists =
    [
        "neighbors", "neighbours", "neighborids", "neighbourids", "indices", "ids", "labels", "keys", "matches", "nn",
        "knn", "i",
    ];

    private static readonly string[] s_scoreLists =
    [
        "scores", "similarities", "sims", "cosines", "distances", "dists", "neighborscores", "neighbordistances", "d",
    ];

    /// <summary>Finds the columns of a table with a row a pair; null where it is none.</summary>
    public static GraphColumns? OfPairs(string path, IReadOnlyList<string> names) =>
        Place(path, names, s_sources) is int source && Place(path, names, s_targets) is int target &&
        Place(path, names, s_scores) is int score
            ? new GraphColumns(source, target, score)
            : null;

    /// <summary>Finds the columns of a table with a row a list; null where it is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Its columns; empty for those that hold no lists.</param>
    /// <param name="single">The same; empty for those that do.</param>
    public static GraphColumns? OfLists(string path, IReadOnlyList<string> names, IReadOnlyList<string> single)
    {
        // A list of structures has a column a field: neighbors.list.element.id.
        int? target = Place(path, names, s_targetLists) ?? FieldOf(names, [.. s_sources, .. s_targets]);
        int? score = Place(path, names, s_scoreLists) ?? FieldOf(names, s_scores);
        return target is int lists && score is int scores
            ? new GraphColumns(Place(path, single, s_sources), lists, scores)
            : null;
    }

    /// <summary>What a file without such columns is told.</summary>
    public static GnnReRankException Missing(string path, IEnumerable<string> names) => FormatErrors.ColumnNotFound(
        path, "column 'neighbors' with a list of row numbers a row and column 'scores' or 'distances' beside it, " +
            "and no columns 'source', 'target' and 'score' or 'distance' with a row a pair", names);

    /// <summary>Refuses scores that are called distances where nothing says what they are.</summary>
    /// <exception cref="GnnReRankException">Nothing does.</exception>
    public static GraphScoreKind KindOf(string path, string column, GraphScoreKind? said) =>
        said is null && column.Contains("dist", StringComparison.OrdinalIgnoreCase)
            ? throw new GnnReRankException(
                "ScoreKindMissing", ErrorKind.InvalidArgument,
                $"'{path}': the column '{column}' seems to hold distances. Say which: -ScoreKind CosineDistance " +
                "(1 - cosine), SquaredL2, L2 or InnerProductDistance; or Cosine or InnerProduct where higher is " +
                "nearer.")
            : said ?? GraphScoreKind.Cosine;

    private static int? Place(string path, IReadOnlyList<string> names, string[] usual)
    {
        string[] letters = [.. names.Select(Letters)];
        int place = usual.Select(name => Array.IndexOf(letters, name)).FirstOrDefault(at => at >= 0, -1);
        if (place >= 0 && Array.LastIndexOf(letters, letters[place]) != place)
        {
            throw new GnnReRankException(
                "AmbiguousContent", ErrorKind.InvalidData,
                $"'{path}' has the column '{names[place]}' twice. Drop one of them.");
        }

        return place < 0 ? null : place;
    }

    private static int? FieldOf(IReadOnlyList<string> names, string[] fields)
    {
        for (int place = 0; place < names.Count; place++)
        {
            string[] path = names[place].Split('.');
            if (path.Length > 1 && s_targetLists.Contains(Letters(path[0])) && fields.Contains(Letters(path[^1])))
            {
                return place;
            }
        }

        return null;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();
}
