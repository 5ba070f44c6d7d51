using System.Globalization;
using System.Text.Json;

namespace GnnReRank.Reports;

/// <summary>The shown lists of one ranking as JSON, flat: <c>top</c> entries a shown query.</summary>
internal static class ReportListJson
{
    private const int PrecisionDigits = 5;

    public static void Write(Utf8JsonWriter json, ReportContent content, MeasuredRanking ranking, ShownLists lists)
    {
        json.WriteNumber("top", lists.Top);
        ReportJson.WriteArray(json, "images", lists.Rows, row => json.WriteNumberValue(Array.BinarySearch(content.Gallery, row)));

        // Five digits tell neighbours of a list apart as far as a person cares, in half the bytes.
        ReportJson.WriteArray(json, "scores", lists.Scores, score => json.WriteRawValue(score.ToString("G5", CultureInfo.InvariantCulture)));
        if (lists.OtherRanks is not null)
        {
            json.WriteNumber("compared", lists.Compared!.Value);
            ReportJson.WriteArray(json, "otherRanks", lists.OtherRanks, json.WriteNumberValue);
        }

        if (lists.Relevance is not null)
        {
            json.WriteString("relevance", string.Concat(lists.Relevance.Select(Letter)));
        }

        if (ranking.Main is RetrievalAccuracy accuracy)
        {
            IEnumerable<QueryAccuracy> shown = content.Queries.Select(query => accuracy.PerQuery[query]);
            ReportJson.WriteArray(json, "ap", shown, query => WriteNullable(json, query.AveragePrecision));
            ReportJson.WriteArray(json, "firstMatch", shown, query => WriteNullable(json, query.FirstMatchRank));
            ReportJson.WriteArray(json, "good", shown, query => json.WriteNumberValue(query.GoodCount));
        }
    }

    private static char Letter(Relevance relevance) => relevance switch
    {
        Relevance.Good => 'g',
        Relevance.Junk => 'j',
        _ => 'n',
    };

    internal static void WriteNullable(Utf8JsonWriter json, double? value)
    {
        if (value is double known)
        {
            json.WriteNumberValue(Math.Round(known, PrecisionDigits));
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
