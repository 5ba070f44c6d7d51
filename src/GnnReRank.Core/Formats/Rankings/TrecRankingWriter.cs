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
        AppendIdentifier(line, ranking.Query, query, 'q');
        line.Append(" Q0 ");
        AppendIdentifier(line, ranking.Gallery, gallery, 'g');
        string score = DelimitedText.Printed(ranking.GetScoreSpan(query)[rank - 1]);
        line.Append(CultureInfo.InvariantCulture, $" {rank} {score} GnnReRank-{ranking.Method}\n");
    }

    private static void AppendIdentifier(StringBuilder line, FeatureMatrix matrix, int row, char prefix)
    {
        string name = matrix.HasNames ? matrix.NameSpan[row] : string.Empty;
        if (name.Length == 0)
        {
            line.Append(CultureInfo.InvariantCulture, $"{prefix}{row}");
            return;
        }

        foreach (char character in name)
        {
            line.Append(char.IsWhiteSpace(character) ? '_' : character);
        }
    }
}
