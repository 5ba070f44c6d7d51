using System.Globalization;
using System.Text;
using GnnReRank.Formats.Delimited;

namespace GnnReRank.Formats.Rankings;

/// <summary>
/// The run format of TREC, as trec_eval reads it: query Q0 document rank score tag, separated by blanks. Names stand for queries and
/// documents where they are known, else q and g with the 0-based row.
/// </summary>
internal sealed class TrecRankingWriter : TextRankingWriter
{
    private string[] _queries = [];
    private string[] _documents = [];
    private string _tag = string.Empty;

    protected override void AppendHeader(StringBuilder line, Ranking ranking)
    {
        // The format has no header. What every line needs is made once.
        _queries = NamesOf(ranking.Query, TrecName.QueryPrefix);
        _documents = NamesOf(ranking.Gallery, TrecName.GalleryPrefix);
        _tag = TagOf(ranking);
    }

    protected override void AppendLine(StringBuilder line, Ranking ranking, int query, int rank)
    {
        int gallery = ranking.GetIndexSpan(query)[rank - 1];
        string score = DelimitedText.Printed(ranking.GetScoreSpan(query)[rank - 1]);
        line.Append(CultureInfo.InvariantCulture, $"{_queries[query]} Q0 {_documents[gallery]} {rank} {score} {_tag}\n");
    }

    private static string[] NamesOf(FeatureMatrix matrix, char prefix) =>
        [.. Enumerable.Range(0, matrix.RowCount).Select(row => TrecName.Of(matrix, row, prefix))];

    // A run of another system keeps its own tag.
    private static string TagOf(Ranking ranking) => ranking.Settings is ImportedSettings imported
        ? TrecName.Of(imported.Tag)
        : TrecName.OwnTag + TrecName.Of(ranking.Method);
}
