using System.Text.Json;

namespace GnnReRank.Tests.Module;

/// <summary>The scripts under examples/, run as a person runs them: in the console host, as a process of its own.</summary>
public sealed class ExampleScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void QuickStartPrintsTheKnownAccuracyAndWhatTheReadmeShows()
    {
        ShellRun result = Run("QuickStart.ps1");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string readme = File.ReadAllText(Path.Combine(TestPaths.Repository, "README.md")).ReplaceLineEndings("\n");
        Assert.Contains(result.Output.Trim(), readme);
        string[] rows = result.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Single(rows, row => row.StartsWith("66.14 100.00", StringComparison.Ordinal) && row.EndsWith("Cosine", StringComparison.Ordinal));
        Assert.Single(rows, row => row.StartsWith("85.43  98.00", StringComparison.Ordinal) && row.Contains("GNN Paper k1=26 k2=7", StringComparison.Ordinal));
    }

    [Fact]
    public void ReIdentificationComparesAndExports()
    {
        string input = Market(_folder["market.npz"]);
        string output = _folder["market.reranked.parquet"];
        ShellRun first = Run("ReIdentification.ps1", input, "-K1", "4,8", "-K2", "2", "-Top", "5");
        Assert.Equal((0, string.Empty), (first.ExitCode, first.Error));
        Assert.Contains("Cosine", first.Output);
        Assert.Contains("GNN Paper k1=4 k2=2", first.Output);
        Assert.Contains("GNN Paper k1=8 k2=2", first.Output);
        byte[] written = File.ReadAllBytes(output);
        Assert.Equal("PAR1"u8, written.AsSpan(0, 4));

        ShellRun second = Run("ReIdentification.ps1", input, "-K1", "4", "-K2", "2");
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("-Force", second.Error);
        Assert.Empty(second.Output); // refused before the work
        Assert.Equal(written, File.ReadAllBytes(output));
        Assert.Equal(0, Run("ReIdentification.ps1", input, "-K1", "4", "-K2", "2", "-Force").ExitCode);
    }

    [Fact]
    public void ReIdentificationReadsAResultOfTheReIdBaselines()
    {
        string input = _folder["pytorch_result.mat"];
        File.Copy(TestPaths.SharedOrSkip("pku_sketch", "pytorch_result.mat"), input);
        ShellRun result = Run("ReIdentification.ps1", input, "-K1", "10", "-K2", "4");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] rows = result.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Single(rows, row => row.StartsWith("17.80", StringComparison.Ordinal)); // the baseline of expected.json
        Assert.Single(rows, row => row.StartsWith("16.87", StringComparison.Ordinal)); // Paper, 10/4
    }

    [Fact]
    public void NightlyReRankSaysByItsExitCodeHowItWent()
    {
        string day = Directory.CreateDirectory(_folder["day"]).FullName;
        Assert.Equal(2, Run("NightlyReRank.ps1", "-OutputDirectory", _folder["out"], day).ExitCode);
        Assert.Equal(2, Run("NightlyReRank.ps1", "-OutputDirectory", _folder["out"], _folder["missing"]).ExitCode);

        Market(_folder["day", "good.npz"]);
        Assert.Equal(0, Run("NightlyReRank.ps1", "-OutputDirectory", _folder["out"], "-K1", "4", "-K2", "2", day).ExitCode);
        byte[] ranking = File.ReadAllBytes(_folder["out", "day", "good.ranking.parquet"]);
        JsonElement job = Assert.Single(Jobs());
        Assert.Equal("Done", job.GetProperty("status").GetString());
        double accuracy = job.GetProperty("mAPAfter").GetDouble();
        Assert.InRange(accuracy, 0.1, 1.0);

        File.WriteAllBytes(_folder["day", "broken.npz"], File.ReadAllBytes(_folder["day", "good.npz"])[..100]);
        ShellRun again = Run("NightlyReRank.ps1", "-OutputDirectory", _folder["out"], "-K1", "4", "-K2", "2", day);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("broken", again.Error);
        JsonElement[] jobs = Jobs();
        Assert.Equal(["Failed", "UpToDate"], jobs.Select(entry => entry.GetProperty("status").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(accuracy, jobs.Single(entry => entry.GetProperty("name").GetString() == "day/good").GetProperty("mAPAfter").GetDouble());
        Assert.Equal(ranking, File.ReadAllBytes(_folder["out", "day", "good.ranking.parquet"]));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder["out"]).Length);
    }

    // Images at 0, 10, ... 70 degrees, queries at 0, 70 and 51: the lists are 0 1 2 .., 7 6 5 .. and 5 4 6 .. Query 1 as in
    // LandmarkProtocolTests: 19/24, 65/72 and 1. Query 2 has its only positive, hard, at 0-based rank 4: (0 + 1/5)/2. Query 3 is 1.
    // Easy (19/24 + 1)/2, Medium (65/72 + 1/10 + 1)/3, Hard (1 + 1/10)/2.
    [Fact]
    public void LandmarksShowsTheThreeSetupsBeforeAndAfter()
    {
        string truth = TestPaths.Data("datasets", "gnd_roxford5k.mat");
        string[] images =
        [
            "all_souls_000000", "all_souls_000001", "all_souls_000002", "ashmolean_000003", "ashmolean_000004", "oxford_000005", "oxford_000006",
            "oxford_000007",
        ];
        File.WriteAllText(_folder["query.csv"], AngleTable(["all_souls_000013", "all_souls_000026", "ashmolean_000000"], [0, 70, 51]));
        File.WriteAllText(_folder["gallery.csv"], AngleTable(images, [.. Enumerable.Range(0, 8).Select(image => 10 * image)]));
        ShellRun result = Run("Landmarks.ps1", truth, _folder["query.csv"], _folder["gallery.csv"], "-K1", "3", "-K2", "2");
        Assert.Equal(0, result.ExitCode);

        // Warnings alone: the benchmark has 70 queries and 4,993 images.
        Assert.All(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("WARNING: ROxford5k has", line));
        string[] rows = result.Output.Split('\n', StringSplitOptions.TrimEntries);
        string[] before = [.. rows.Where(row => row.EndsWith("Cosine", StringComparison.Ordinal))];
        Assert.Equal(3, before.Length);
        foreach ((string setup, string mean) in new[] { ("Easy", "89.58"), ("Medium", "66.76"), ("Hard", "55.00") })
        {
            Assert.Single(before, row => row.Contains(setup) && row.Contains(mean));
            Assert.Single(rows, row => row.Contains(setup) && row.Contains("GNN Paper k1=3 k2=2"));
        }
    }

    // Queries at 0 and 90 degrees, images at 10, 20, 40 and 80: the labels of the lists are 1 2 1 2 and 2 1 2 1. Both queries have their good
    // images at 0-based ranks 0 and 2: (1 + 1)/4 + (1/2 + 2/3)/4 = 19/24, so every bootstrap sample has that mean.
    [Fact]
    public void CompareMethodsMeasuresComparesAndReports()
    {
        File.WriteAllText(_folder["query.csv"], LabelledAngles((0, 1), (90, 2)));
        File.WriteAllText(_folder["gallery.csv"], LabelledAngles((10, 1), (20, 2), (40, 1), (80, 2)));
        string report = _folder["report.html"];
        string[] files = [_folder["query.csv"], _folder["gallery.csv"], "-Report", report];
        ShellRun result = Run("CompareMethods.ps1", [.. files, "-Setting", "3/2,3/1/Reference", "-Bootstrap", "200"]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(3, lines.Count(line => line == "mAP in 79.17-79.17 %, Rank 1 in 100.00-100.00 %"));
        Assert.Equal(2, lines.Count(line => line.EndsWith("2 equal, p = 1.000: this is within the noise.", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith("79.17 100.00", StringComparison.Ordinal) && line.EndsWith("Cosine", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("GNN Paper k1=3 k2=2 L=2 alpha=2"));
        Assert.Equal($"Report: {report}", lines[^1]);
        string html = File.ReadAllText(report);
        Assert.Contains("\"interval\":\"79.17-79.17 %\"", html);
        Assert.Contains("GNN Reference k1=3 k2=1", html);

        ShellRun again = Run("CompareMethods.ps1", files);
        Assert.Equal((1, string.Empty), (again.ExitCode, again.Output)); // refused before the work
        Assert.Contains("-Force", again.Error);
        ShellRun wrong = Run("CompareMethods.ps1", [.. files, "-Force", "-Setting", "26"]);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("'26' is no setting: write K1/K2", wrong.Error);
    }

    [Fact]
    public void CompareMethodsTakesAFileOfBothSets()
    {
        ShellRun result = Run("CompareMethods.ps1", Market(_folder["market.npz"]), "-Setting", "8/2", "-Protocol", "Label", "-Report", _folder["r.html"]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains("\"protocol\":\"Label\"", File.ReadAllText(_folder["r.html"]));
    }

    private static string LabelledAngles(params (int Degrees, int Label)[] rows) => "label,f0,f1\n" + string.Concat(rows.Select(row =>
        FormattableString.Invariant($"{row.Label},{Math.Cos(row.Degrees * Math.PI / 180)},{Math.Sin(row.Degrees * Math.PI / 180)}\n")));

    private static string AngleTable(string[] names, int[] degrees) => "name,f0,f1\n" + string.Concat(names.Zip(degrees, (name, angle) =>
        FormattableString.Invariant($"jpg/{name}.jpg,{Math.Cos(angle * Math.PI / 180)},{Math.Sin(angle * Math.PI / 180)}\n")));

    private static ShellRun Run(string script, params string[] arguments) =>
        ShellProcess.Run([Path.Combine(TestPaths.Repository, "examples", script), .. arguments]);

    private static string Market(string path)
    {
        NumPyFile.WriteSets(
            path, LabelledRows.Made(12, 17, 6, seed: 2, cameraCount: 2), LabelledRows.Made(60, 17, 6, seed: 3, cameraCount: 3));
        return path;
    }

    private JsonElement[] Jobs()
    {
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(_folder["out", "summary.json"]));
        return [.. summary.RootElement.GetProperty("jobs").EnumerateArray().Select(job => job.Clone())];
    }
}
