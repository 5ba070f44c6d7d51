using System.Globalization;
using System.Text;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Rankings;

/// <summary>Comma-separated text: the columns of <see cref="RankingEntry"/> under their names, as far as they are known.</summary>
internal sealed class CsvRankingWriter : TextRankingWriter
{
    private const char Delimiter = ',';

    protected override void AppendHeader(StringBuilder line, Ranking ranking)
    {
        string?[] columns =
        [
            nameof(RankingEntry.QueryIndex),
            ranking.Query.HasNames ? nameof(RankingEntry.QueryName) : null,
            ranking.Query.HasLabels ? nameof(RankingEntry.QueryLabel) : null,
            nameof(RankingEntry.Rank),
            nameof(RankingEntry.GalleryIndex),
            ranking.Gallery.HasNames ? nameof(RankingEntry.GalleryName) : null,
            ranking.Gallery.HasLabels ? nameof(RankingEntry.GalleryLabel) : null,
            nameof(RankingEntry.Score),
        ];
        line.AppendJoin(Delimiter, columns.OfType<string>()).Append('\n');
    }

    protected override void AppendLine(StringBuilder line, Ranking ranking, int query, int rank)
    {
        int gallery = ranking.GetIndexSpan(query)[rank - 1];
        line.Append(CultureInfo.InvariantCulture, $"{query}{Delimiter}");
        AppendKnown(line, ranking.Query, query);
        line.Append(CultureInfo.InvariantCulture, $"{rank}{Delimiter}{gallery}{Delimiter}");
        AppendKnown(line, ranking.Gallery, gallery);
        line.Append(DelimitedText.Printed(ranking.GetScoreSpan(query)[rank - 1])).Append('\n');
    }

    private static void AppendKnown(StringBuilder line, FeatureMatrix matrix, int row)
    {
        if (matrix.HasNames)
        {
            line.Append(DelimitedText.Quoted(matrix.NameSpan[row], Delimiter)).Append(Delimiter);
        }

        if (matrix.HasLabels)
        {
            line.Append(CultureInfo.InvariantCulture, $"{matrix.LabelSpan[row]}{Delimiter}");
        }
    }
}
