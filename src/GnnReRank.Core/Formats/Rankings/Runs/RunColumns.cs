using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Which columns of a table hold what of a run, by their names: those that are written here, and those of other programs.</summary>
internal sealed class RunColumns
{
    // Letters alone count, so that QueryIndex and query_index are one name. Of several that fit, the first here is taken.
    private static readonly (RunColumn Column, string[] Names)[] s_names =
    [
        (RunColumn.QueryIndex, ["queryindex"]),
        (RunColumn.QueryName, ["queryname", "qid", "queryid", "topic", "query"]),
        (RunColumn.QueryLabel, ["querylabel"]),
        (RunColumn.GalleryIndex, ["galleryindex"]),
        (RunColumn.GalleryName, ["galleryname", "docno", "docid", "documentid", "document", "doc", "galleryid", "gallery"]),
        (RunColumn.GalleryLabel, ["gallerylabel"]),
        (RunColumn.Rank, ["rank"]),
        (RunColumn.Score, ["score", "similarity"]),
        (RunColumn.Distance, ["distance", "dist"]),
    ];

    private readonly int?[] _positions = new int?[s_names.Length];

    private RunColumns()
    {
    }

    /// <summary>The position of a column; null where there is none.</summary>
    public int? this[RunColumn column] => _positions[(int)column];

    /// <summary>The position of the scores, whatever they are.</summary>
    public int? Score => this[RunColumn.Score] ?? this[RunColumn.Distance];

    /// <summary>What the name says a column or property holds; null where it is none of a run's.</summary>
    public static RunColumn? Of(string name)
    {
        string letters = Letters(name);
        foreach ((RunColumn column, string[] names) in s_names)
        {
            if (names.Contains(letters))
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>Finds the columns of a table.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="kind">What the numbers were said to be.</param>
    /// <exception cref="GnnReRankException">A column is missing, is there twice, or is of distances while nothing says so.</exception>
    public static RunColumns Find(string path, IReadOnlyList<string> columns, RankingScoreKind? kind)
    {
        RunColumns found = new();
        string[] present = [.. columns.Select(Letters)];
        foreach ((RunColumn column, string[] names) in s_names)
        {
            int place = names.Select(name => Array.IndexOf(present, name)).FirstOrDefault(at => at >= 0, -1);
            found._positions[(int)column] = place < 0 ? null : place;
            if (place >= 0 && Array.LastIndexOf(present, present[place]) != place)
            {
                throw new GnnReRankException(
                    "AmbiguousContent", ErrorKind.InvalidData, $"'{path}' has the column '{columns[place]}' twice. Drop one of them.");
            }
        }

        found.Require(path, columns);
        if (found[RunColumn.Score] is null && found[RunColumn.Distance] is int distance)
        {
            RequireKind(path, $"column '{columns[distance]}'", kind);
        }

        return found;
    }

    /// <summary>Refuses numbers that are distances by their name where nothing says what they are.</summary>
    /// <exception cref="GnnReRankException">Nothing does.</exception>
    public static void RequireKind(string path, string what, RankingScoreKind? kind)
    {
        if (kind is null)
        {
            throw new GnnReRankException(
                "ScoreKindMissing", ErrorKind.InvalidArgument,
                $"'{path}': the {what} seems to hold distances. Say so with -ScoreKind Distance; or, where higher is better, -ScoreKind Similarity.");
        }
    }

    private void Require(string path, IReadOnlyList<string> columns)
    {
        string? missing =
            this[RunColumn.QueryName] is null && this[RunColumn.QueryIndex] is null ? "column with the queries (QueryName, QueryIndex, qid)"
            : this[RunColumn.GalleryName] is null && this[RunColumn.GalleryIndex] is null ? "column with the gallery images (GalleryName, GalleryIndex, docno)"
            : this[RunColumn.Rank] is null && Score is null ? "column to order by (Rank, Score)"
            : null;
        if (missing is not null)
        {
            throw FormatErrors.ColumnNotFound(path, missing, columns);
        }
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();
}
