using System.Globalization;
using System.Text;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Rankings;

/// <summary>
/// The run format of TREC, as trec_eval reads it: query Q0 document rank score tag, separated by blanks. Names stand for queries and
/// documents where they are known, else q and g with the 0-based row. Two rows under one name are refused: nobody could tell them apart.
/// </summary>
/// <param name="path">The file that is written in the end, for messages.</param>
internal sealed class TrecRankingWriter(string path) : TextRankingWriter
{
    private string[] _queries = [];
    private string[] _documents = [];
    private HashSet<string> _repeatedQueries = [];
    private HashSet<string> _repeatedDocuments = [];
    private string _tag = string.Empty;

    protected override void AppendHeader(StringBuilder line, Ranking ranking)
    {
        // The format has no header. What every line needs is made once.
        _queries = NamesOf(ranking.Query, TrecName.QueryPrefix);
        _documents = NamesOf(ranking.Gallery, TrecName.GalleryPrefix);
        _repeatedQueries = RepeatedIn(_queries);
        _repeatedDocuments = RepeatedIn(_documents);
        _tag = TagOf(ranking);
    }

    protected override void AppendLine(StringBuilder line, Ranking ranking, int query, int rank)
    {
        int gallery = ranking.GetIndexSpan(query)[rank - 1];
        RequireSingle(_repeatedQueries, _queries, query, "query");
        RequireSingle(_repeatedDocuments, _documents, gallery, "gallery");
        string score = DelimitedText.Printed(ranking.GetScoreSpan(query)[rank - 1]);
        line.Append(CultureInfo.InvariantCulture, $"{_queries[query]} Q0 {_documents[gallery]} {rank} {score} {_tag}\n");
    }

    private static string[] NamesOf(FeatureMatrix matrix, char prefix) =>
        [.. Enumerable.Range(0, matrix.RowCount).Select(row => TrecName.Of(matrix, row, prefix))];

    private static HashSet<string> RepeatedIn(string[] names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return new HashSet<string>(names.Where(name => !seen.Add(name)), StringComparer.Ordinal);
    }

    private void RequireSingle(HashSet<string> repeated, string[] names, int row, string role)
    {
        if (repeated.Count > 0 && repeated.Contains(names[row]))
        {
            int other = Enumerable.Range(0, names.Length).First(each => each != row && names[each] == names[row]);
            throw new GnnReRankException(
                "TrecNameRepeated", ErrorKind.NotSupported,
                $"'{path}': the {role} rows {Math.Min(row, other)} and {Math.Max(row, other)} (0-based) would both be called '{names[row]}', and a TREC run knows them by that alone. " +
                "Give each a name of its own, or write a .parquet, .csv or .jsonl file.");
        }
    }

    // A run of another system keeps its own tag.
    private static string TagOf(Ranking ranking) => ranking.Settings is ImportedSettings imported
        ? TrecName.Of(imported.Tag)
        : TrecName.OwnTag + TrecName.Of(ranking.Method);
}
