using System.Reflection;
using System.Text.Json;

namespace GnnReRank.Reports;

/// <summary>What one ranking is and how well it did, as JSON.</summary>
internal static class ReportRankingJson
{
    private const int CmcLength = 50;
    private const int Digits = 6;

    public static void Write(Utf8JsonWriter json, MeasuredRanking ranking)
    {
        json.WriteString("name", ranking.Name);
        json.WriteString("shortName", ranking.ShortName);
        json.WriteNumber("depth", ranking.Ranking.Depth);
        json.WriteNumber("shortest", ranking.Ranking.ShortestDepth);
        json.WriteStartObject("settings");
        foreach (PropertyInfo property in ranking.Ranking.Settings.GetType().GetProperties())
        {
            object? value = property.GetValue(ranking.Ranking.Settings);
            if (value is not null || property.Name != nameof(RankingSettings.Approximation))
            {
                json.WriteString(property.Name, FormattableString.Invariant($"{value ?? "default"}"));
            }
        }

        json.WriteEndObject();
        WriteMatrix(json, "queryMatrix", ranking.Ranking.Query);
        WriteMatrix(json, "galleryMatrix", ranking.Ranking.Gallery);
        ReportJson.WriteArray(json, "results", ranking.Results, result => WriteResult(json, result));
        if (ranking.Main is RetrievalAccuracy main)
        {
            ReportJson.WriteArray(json, "cmc", main.Cmc.Take(CmcLength), value => WriteFraction(json, value));
            ReportJson.WriteArray(json, "histogram", ApHistogram.Of(main), json.WriteNumberValue);
        }

        if (ranking.PrecisionRecall is double[] curve)
        {
            ReportJson.WriteArray(json, "precisionRecall", curve, value => WriteFraction(json, value));
        }
    }

    // The file's name alone: a report goes to people who need not know the folders of a machine.
    private static void WriteMatrix(Utf8JsonWriter json, string name, FeatureMatrix matrix)
    {
        json.WriteStartObject(name);
        json.WriteString("source", matrix.Source is string source ? Path.GetFileName(source) : null);
        json.WriteNumber("rows", matrix.RowCount);
        json.WriteNumber("dimension", matrix.Dimension);
        json.WriteString("element", matrix.ElementType.ToString());
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, RetrievalAccuracy result)
    {
        json.WriteStartObject();
        json.WriteString("meanName", result.MeanName);
        WriteFraction(json, "mean", result.mAP ?? result.mAPAtDepth);
        WriteFraction(json, "minp", result.mINP);
        WriteFraction(json, "mapAtR", result.MapAtR);
        WriteFraction(json, "rPrecision", result.RPrecision);
        WriteFraction(json, "onePercent", result.RecallAtOnePercent);
        ReportJson.WriteArray(json, "ranks", result.Ranks, each => WriteAtRank(json, each.Rank, each.Cmc));
        ReportJson.WriteArray(json, "precisions", result.MeanPrecisions, each => WriteAtRank(json, each.Rank, each.Precision));
        json.WriteNumber("queries", result.QueryCount);
        json.WriteNumber("valid", result.ValidQueryCount);
        json.WriteString("protocol", result.Protocol.ToString());
        json.WriteString("apKind", result.ApKind.ToString());
        json.WriteString("divisor", result.Divisor.ToString());
        json.WriteString("difficulty", result.Difficulty?.ToString());
        json.WriteString("draws", result.Draws?.ToString());
        json.WriteString("seed", result.Seed?.ToString());
        json.WriteString("interval", result.MeanInterval?.ToString());
        json.WriteEndObject();
    }

    private static void WriteAtRank(Utf8JsonWriter json, int rank, double? value)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", rank);
        WriteFraction(json, "value", value);
        json.WriteEndObject();
    }

    private static void WriteFraction(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double known)
        {
            json.WritePropertyName(name);
            WriteFraction(json, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteFraction(Utf8JsonWriter json, double value) => json.WriteNumberValue(Math.Round(value, Digits));
}
