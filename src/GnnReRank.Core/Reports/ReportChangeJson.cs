using System.Text.Json;
using GnnReRank.Evaluation.Comparison;

namespace GnnReRank.Reports;

/// <summary>Which queries gained and which lost against the baseline, of all queries, shown one by one or not.</summary>
internal static class ReportChangeJson
{
    // A table that is read at a glance.
    private const int Listed = 10;

    /// <summary>Writes nothing for the baseline itself, and where nothing is measured.</summary>
    public static void Write(Utf8JsonWriter json, ReportContent content, MeasuredRanking ranking)
    {
        MeasuredRanking baseline = content.Rankings[content.Baseline];
        if (ReferenceEquals(ranking, baseline) || baseline.Main is not RetrievalAccuracy before || ranking.Main is not RetrievalAccuracy after)
        {
            return;
        }

        PairedQueries queries = new(before, after);
        json.WriteStartObject("changes");
        Write(json, "gained", queries, 1, content);
        Write(json, "lost", queries, -1, content);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, PairedQueries queries, int sign, ReportContent content)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", queries.All.Count(query => sign * query.Difference > 0));
        ReportJson.WriteArray(json, "most", queries.Foremost(Listed, sign), query => Write(json, query, content));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, QueryDifference query, ReportContent content)
    {
        FeatureMatrix images = content.QueryImages;
        json.WriteStartObject();
        json.WriteNumber("row", query.QueryIndex);
        if (images.HasNames)
        {
            json.WriteString("name", content.QueryPictures.NameOf(images.NameSpan[query.QueryIndex]));
        }

        json.WritePropertyName("before");
        ReportListJson.WriteNullable(json, query.Before);
        json.WritePropertyName("after");
        ReportListJson.WriteNullable(json, query.After);
        json.WriteEndObject();
    }
}
