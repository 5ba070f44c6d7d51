using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GnnReRank.Tests.Module;

/// <summary>Real features, and what a float64 oracle written apart from this project finds on them, through the commands.</summary>
public sealed partial class ExpectedResultsTests : IDisposable
{
    // float32 rounding can flip a near tie in a ranking.
    private const double MeanTolerance = 1e-4;
    private const double ScoreTolerance = 2e-5;

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("digits", "digits.npz", "Label")]
    [InlineData("pku_sketch", "pytorch_result.mat", "Market1501")]
    [InlineData("cuhk03p1", "pytorch_result.mat", "Market1501")]
    public void EveryPublishedFigureIsReproduced(string dataSet, string file, string protocol)
    {
        _session.Set("path", TestPaths.SharedOrSkip(dataSet, file));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestPaths.SharedOrSkip("expected.json")));
        JsonElement expected = document.RootElement.GetProperty(dataSet);
        ScriptResult sets = _session.RunClean("$sets = Import-FeatureMatrix $path -Set Query, Gallery; $sets");
        Assert.Equal(
            [expected.GetProperty("queries").GetInt32(), expected.GetProperty("gallery").GetInt32()],
            sets.Output.Select(matrix => (int)matrix.Properties["RowCount"].Value));
        _session.RunClean("$graph = $sets | New-NeighborGraph");

        List<string> differences = [];
        foreach (JsonProperty entry in expected.GetProperty("results").EnumerateObject())
        {
            _session.RunClean($"$ranking = {RankingScript(entry.Name)}");
            differences.AddRange(Differences(entry, protocol).Select(difference => $"{entry.Name}: {difference}"));
        }

        Assert.Empty(differences);
    }

    private IEnumerable<string> Differences(JsonProperty entry, string protocol)
    {
        JsonElement expected = entry.Value;
        ScriptResult trapezoid = Measure(protocol, "-ApKind Trapezoid");
        ScriptResult trapezoidAll = Measure(protocol, "-ApKind Trapezoid -Divide All");
        ScriptResult plain = Measure(protocol, "-ApKind Uninterpolated");
        (string Name, object? Found)[] figures =
        [
            ("valid", trapezoid["ValidQueryCount"]), ("queries", trapezoid["QueryCount"]),
            ("mAP_trap", trapezoid["mAP"]), ("mAP_plain", plain["mAP"]), ("mINP", trapezoid["mINP"]),
            ("R1", trapezoid["Rank1"]), ("R5", trapezoid["Rank5"]), ("R10", trapezoid["Rank10"]),
            ("R1_all", trapezoidAll["Rank1"]), ("mAP_trap_all", trapezoidAll["mAP"]),
        ];
        foreach ((string name, object? found) in figures)
        {
            double wanted = expected.GetProperty(name).GetDouble();
            if (!(Math.Abs(Convert.ToDouble(found, CultureInfo.InvariantCulture) - wanted) <= MeanTolerance))
            {
                yield return $"{name} is {found}, expected {wanted}";
            }
        }

        if (!expected.TryGetProperty("score_0_first5", out JsonElement scores))
        {
            yield break;
        }

        float[] byRow = ScoresByGalleryRow();
        for (int row = 0; row < scores.GetArrayLength(); row++)
        {
            if (!(Math.Abs(byRow[row] - scores[row].GetDouble()) <= ScoreTolerance))
            {
                yield return $"score of gallery row {row} is {byRow[row]}, expected {scores[row]}";
            }
        }
    }

    private ScriptResult Measure(string protocol, string arguments) =>
        _session.RunClean($"$ranking | Measure-RetrievalAccuracy -Protocol {protocol} {arguments}");

    private float[] ScoresByGalleryRow()
    {
        ScriptResult result = _session.RunClean("$ranking.GetIndices(0).Clone(), $ranking.GetScores(0).Clone() | ForEach-Object { , $_ }");
        int[] indices = (int[])result.Output[0].BaseObject;
        float[] scores = (float[])result.Output[1].BaseObject;
        Array.Sort(indices, scores);
        return scores;
    }

    private static string RankingScript(string entry)
    {
        if (entry == "baseline")
        {
            return "$sets | Search-FeatureMatrix";
        }

        Match match = EntryName().Match(entry);
        Assert.True(match.Success, $"'{entry}' is no known kind of entry.");
        return $"$graph | Invoke-GnnReRank -Variant {match.Groups[1].Value} -K1 {match.Groups[2].Value} -K2 {match.Groups[3].Value} -Lambda {match.Groups[4].Value}";
    }

    [GeneratedRegex(@"^(\w+) k1=(\d+) k2=(\d+) lambda=([\d.]+)$")]
    private static partial Regex EntryName();
}
