using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace GnnReRank.Tests.Reports;

/// <summary>Small rankings by hand, and the report made of them.</summary>
internal static class ReportCase
{
    public static readonly GnnReRankSettings AfterSettings = new() { K1 = 3, K2 = 2 };

    public static FeatureMatrix Matrix(int rows, FeatureRole role, long[]? labels = null, int[]? cameras = null, string[]? names = null) => new(
        [.. Enumerable.Range(1, rows).Select(row => role == FeatureRole.Query ? -row : (float)row)], rows, 1, labels, cameras, names, role, source: $"/somewhere/else/{role}.npy");

    public static Ranking Of(FeatureMatrix query, FeatureMatrix gallery, RankingSettings settings, params int[][] lists)
    {
        RowBlocks<int> indices = new(lists.Length, lists[0].Length);
        RowBlocks<float> scores = new(lists.Length, lists[0].Length);
        for (int row = 0; row < lists.Length; row++)
        {
            for (int rank = 0; rank < lists[row].Length; rank++)
            {
                indices[row][rank] = lists[row][rank];
                scores[row][rank] = 1f / (rank + 1);
            }
        }

        return new Ranking(query, gallery, indices, scores, settings);
    }

    /// <summary>
    /// Three queries of labels 1, 2, 3 over five gallery rows of labels 1, 1, 2, -1 (junk), 9; the third has no good image.
    /// </summary>
    public static Ranking[] ThreeQueries(string[]? queryNames = null, string[]? galleryNames = null)
    {
        FeatureMatrix query = Matrix(3, FeatureRole.Query, [1, 2, 3], names: queryNames);
        FeatureMatrix gallery = Matrix(5, FeatureRole.Gallery, [1, 1, 2, -1, 9], names: galleryNames);
        return
        [
            Of(query, gallery, new CosineSettings(), [4, 0, 3, 1, 2], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]),
            Of(query, gallery, AfterSettings, [3, 0, 1, 4, 2], [4, 0, 1, 2, 3], [4, 3, 2, 1, 0]),
        ];
    }

    public static string Write(TemporaryFolder folder, IReadOnlyList<Ranking> rankings, ReportOptions? options = null)
    {
        string path = folder[$"{Path.GetRandomFileName()}.html"];
        RankingReport.Write(path, rankings, options);
        return File.ReadAllText(path);
    }

    public static IHtmlDocument Parse(string html) =>
        new HtmlParser(new HtmlParserOptions { IsStrictMode = false, IsScripting = true }).ParseDocument(html);

    public static JsonElement Data(string html) => JsonDocument.Parse(Parse(html).QuerySelector("script#data")!.TextContent).RootElement;

    public static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt32())];

    public static double?[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())];

    public static double?[] Numbers(JsonElement array, string property) =>
        [.. array.EnumerateArray().Select(each => each.GetProperty(property)).Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())];

    public static string?[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetString())];

    public static IEnumerable<IElement> All(string html) => Parse(html).All;
}
