using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using GnnReRank.Reports.Pictures;

namespace GnnReRank.Reports;

/// <summary>The report's data as compact JSON for the page's script: arrays of numbers, each image once.</summary>
internal static class ReportJson
{
    private const int FlushBytes = 1 << 16;

    // The largest whole number that a script holds exactly.
    private const long LargestExact = (1L << 53) - 1;

    // Letters of all scripts stay; <, >, & and quotes are escaped, so that no name can end the element it stands in.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(Stream stream, ReportContent content, string title)
    {
        using Utf8JsonWriter json = new(stream, s_options);
        json.WriteStartObject();
        json.WriteString("title", title);
        WriteEnvironment(json);
        json.WriteNumber("baseline", content.Baseline);
        json.WriteNumber("queryCount", content.Rankings[0].Ranking.QueryCount);
        json.WriteNumber("galleryCount", content.Rankings[0].Ranking.GalleryCount);
        json.WriteStartArray("rankings");
        foreach ((MeasuredRanking ranking, ShownLists lists) in content.Rankings.Zip(content.Lists))
        {
            json.WriteStartObject();
            ReportRankingJson.Write(json, ranking);
            ReportListJson.Write(json, content, ranking, lists);
            ReportChangeJson.Write(json, content, ranking);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteImages(json, "query", content.QueryImages, content.Queries, content.QueryPictures);
        WriteImages(json, "gallery", content.GalleryImages, content.Gallery, content.GalleryPictures);
        json.WriteEndObject();
    }

    private static void WriteEnvironment(Utf8JsonWriter json)
    {
        Assembly module = typeof(ReportJson).Assembly;
        json.WriteStartObject("environment");
        json.WriteString("created", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        json.WriteString("module", module.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteString("system", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        json.WriteEndObject();
    }

    private static void WriteImages(Utf8JsonWriter json, string name, FeatureMatrix matrix, int[] rows, PictureSet pictures)
    {
        json.WriteStartObject(name);
        WriteArray(json, "rows", rows, json.WriteNumberValue);
        if (matrix.HasNames)
        {
            WriteArray(json, "names", rows, row => json.WriteStringValue(pictures.NameOf(matrix.NameSpan[row])));
        }

        if (matrix.HasLabels)
        {
            WriteArray(json, "labels", rows, row => WriteLabel(json, matrix.LabelSpan[row]));
        }

        if (matrix.HasCameras)
        {
            WriteArray(json, "cameras", rows, row => json.WriteNumberValue(matrix.CameraSpan[row]));
        }

        json.WriteString("folder", pictures.Link);
        if (pictures.Thumbnails is string?[] thumbnails)
        {
            WriteArray(json, "pictures", thumbnails, json.WriteStringValue);
        }

        json.WriteEndObject();
    }

    private static void WriteLabel(Utf8JsonWriter json, long label)
    {
        if (label is >= -LargestExact and <= LargestExact)
        {
            json.WriteNumberValue(label);
        }
        else
        {
            json.WriteStringValue(label.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes values one by one, and passes on what has come together.</summary>
    internal static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
        {
            write(value);
            if (json.BytesPending > FlushBytes)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }
}
