using System.Text.Json;

namespace GnnReRank.Tests.Module;

/// <summary>The scripts in examples/, run as the README says.</summary>
public sealed class ExampleScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_quick_start_prints_what_the_readme_shows()
    {
        ShellRun run = ShellProcess.Run(Example("QuickStart.ps1"));
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(0, run.ExitCode);
        string readme = File.ReadAllText(Path.Combine(TestPaths.Repository, "README.md")).ReplaceLineEndings("\n");
        Assert.Contains(run.Output.Trim(), readme);
        Assert.Contains("66.14", run.Output);
        Assert.Contains("85.43", run.Output);
    }

    [Fact]
    public void A_re_identification_result_is_compared_and_exported()
    {
        WriteSets("pytorch_result.mat");
        ShellRun run = ShellProcess.Run(Example("ReIdentification.ps1"), _folder["pytorch_result.mat"], "-K1", "8,12", "-K2", "3");
        Assert.Equal(new ShellRun(run.Output, string.Empty, 0), run);
        Assert.Contains("Cosine", run.Output);
        Assert.Contains("k1=8 k2=3", run.Output);
        Assert.Contains("k1=12 k2=3", run.Output);
        Assert.True(File.Exists(_folder["pytorch_result.reranked.parquet"]));
    }

    [Fact]
    public void The_nightly_script_does_its_jobs_once_and_says_by_its_exit_code_what_failed()
    {
        Directory.CreateDirectory(_folder["day"]);
        WriteSets("day", "good.mat");
        string[] arguments = [Example("NightlyReRank.ps1"), "-OutputDirectory", _folder["out"], "-K1", "8", "-K2", "3", _folder["day"]];
        Assert.Equal(new ShellRun(string.Empty, string.Empty, 0), ShellProcess.Run(arguments));
        Assert.Equal("Done", Job("day/good").GetProperty("status").GetString());
        Assert.True(File.Exists(_folder["out", "day", "good.ranking.parquet"]));

        File.WriteAllText(_folder["day", "bad.mat"], "no MATLAB file");
        ShellRun second = ShellProcess.Run(arguments);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("day/bad", second.Error);
        Assert.Equal("UpToDate", Job("day/good").GetProperty("status").GetString());
        Assert.Equal("Failed", Job("day/bad").GetProperty("status").GetString());
    }

    private static string Example(string name) => Path.Combine(TestPaths.Repository, "examples", name);

    private JsonElement Job(string name) => JsonDocument.Parse(File.ReadAllText(_folder["out", "summary.json"])).RootElement
        .GetProperty("jobs").EnumerateArray().Single(job => job.GetProperty("name").GetString() == name);

    private void WriteSets(params string[] parts) => MatlabFile.WriteSets(
        _folder[parts], LabelledRows.Made(20, 16, 10, seed: 2, cameraCount: 2), LabelledRows.Made(80, 16, 10, seed: 3, cameraCount: 3));
}
