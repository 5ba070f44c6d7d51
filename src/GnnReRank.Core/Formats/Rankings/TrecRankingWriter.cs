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
    protected override void AppendLine(StringBuilder line, Ranking ranking, int query, int rank)
    {
        int gallery = ranking.GetIndexSpan(query)[rank - 1];
        line.Append(TrecName.Of(ranking.Query, query, TrecName.QueryPrefix));
        line.Append(" Q0 ");
        line.Append(TrecName.Of(ranking.Gallery, gallery, TrecName.GalleryPrefix));
        string score = DelimitedText.Printed(ranking.GetScoreSpan(query)[rank - 1]);
        line.Append(CultureInfo.InvariantCulture, $" {rank} {score} ").Append(TagOf(ranking)).Append('\n');
    }

    // A run of another system keeps its own tag.
    private static string TagOf(Ranking ranking) => ranking.Settings is ImportedSettings imported
        ? TrecName.Of(imported.Tag)
        : TrecName.OwnTag + TrecName.Of(ranking.Method);
}
