using System.Text.Json;

namespace GnnReRank.Tests.Evaluation;

/// <summary>What SciPy says: tests/data/make_statistics_fixtures.py.</summary>
internal static class StatisticsFixtures
{
    public static JsonElement[] Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Data("statistics", $"{name}.json")));
        return [.. document.RootElement.EnumerateArray().Select(entry => entry.Clone())];
    }

    public static double[] Numbers(JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
