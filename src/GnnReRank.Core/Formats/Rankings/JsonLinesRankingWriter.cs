using System.Text.Encodings.Web;
using System.Text.Json;
using GnnReRank.Compute;

namespace GnnReRank.Formats.Rankings;

/// <summary>JSON lines: one object a query, with its results in an array. What is not known is left out.</summary>
internal sealed class JsonLinesRankingWriter : IRankingWriter
{
    private const int FlushBytes = 1 << 16;

    public void Write(string path, Ranking ranking, int depth, ComputeOptions options)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);

        // Names keep their letters instead of \u escapes; nothing here ends up in a web page unescaped.
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        for (int query = 0; query < ranking.QueryCount; query++)
        {
            WriteQuery(json, ranking, query, depth, options.CancellationToken);
            json.Flush();
            file.WriteByte((byte)'\n');
            json.Reset(file);
            options.Progress?.Report(new StageProgress("Write ranking", query + 1, ranking.QueryCount, StageUnits.Queries));
        }
    }

    private static void WriteQuery(Utf8JsonWriter json, Ranking ranking, int query, int depth, CancellationToken cancellation)
    {
        ReadOnlySpan<int> indices = ranking.GetIndexSpan(query);
        ReadOnlySpan<float> scores = ranking.GetScoreSpan(query);
        json.WriteStartObject();
        json.WriteNumber("query_index", query);
        WriteKnown(json, ranking.Query, query, "query_name", "query_label");
        json.WriteStartArray("results");
        for (int rank = 1; rank <= depth; rank++)
        {
            int gallery = indices[rank - 1];
            json.WriteStartObject();
            json.WriteNumber("rank", rank);
            json.WriteNumber("gallery_index", gallery);
            WriteKnown(json, ranking.Gallery, gallery, "gallery_name", "gallery_label");
            json.WriteNumber("score", scores[rank - 1]);
            json.WriteEndObject();
            if (json.BytesPending > FlushBytes)
            {
                cancellation.ThrowIfCancellationRequested();
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        cancellation.ThrowIfCancellationRequested();
    }

    private static void WriteKnown(Utf8JsonWriter json, FeatureMatrix matrix, int row, string name, string label)
    {
        if (matrix.HasNames)
        {
            json.WriteString(name, matrix.NameSpan[row]);
        }

        if (matrix.HasLabels)
        {
            json.WriteNumber(label, matrix.LabelSpan[row]);
        }
    }
}
