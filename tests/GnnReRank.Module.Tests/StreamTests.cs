using System.Management.Automation;

namespace GnnReRank.Tests.Module;

/// <summary>What long calls say while they run.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void VerboseTellsSizesAndIsSilentUnlessAsked()
    {
        NumPyFile.WriteSets(_session["sets.npz"], LabelledRows.Made(5, 8, 3, seed: 2), LabelledRows.Made(15, 8, 3, seed: 3));
        ScriptResult told = _session.RunClean("""
            $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery -Verbose
            $null = $sets | Invoke-GnnReRank -K1 6 -K2 3 -Verbose
            """);
        Assert.Contains(told.Verbose, line => line.Contains("query 5 x 8", StringComparison.Ordinal));
        Assert.True(told.Verbose.Count >= 4, $"Two matrices and at least two stages speak; {told.Verbose.Count} lines came.");
        Assert.Contains(told.Verbose, line => line.StartsWith("Memory: features", StringComparison.Ordinal));
        Assert.Empty(_session.RunClean("$null = $sets | Invoke-GnnReRank -K1 6 -K2 3").Verbose);
    }

    [Fact]
    public void ALongCallShowsItsStageAtMostFiveTimesASecondAndTakesTheDisplayAway()
    {
        _session.Set("values", LabelledRows.Made(12_000, 256, 50, seed: 4).Values);
        _session.RunClean("$matrix = ConvertTo-FeatureMatrix -InputObject $values");
        using PowerShell shell = _session.Create("$null = New-NeighborGraph -Gallery $matrix");
        List<(long At, ProgressRecord Record)> seen = [];
        shell.Streams.Progress.DataAdded += (_, added) => seen.Add((Environment.TickCount64, shell.Streams.Progress[added.Index]));
        shell.Invoke();
        ProgressRecord[] shown = [.. seen.Where(entry => entry.Record.RecordType == ProgressRecordType.Processing).Select(entry => entry.Record)];
        Assert.NotEmpty(shown);
        Assert.All(shown, record => Assert.Equal("New-NeighborGraph", record.Activity));
        Assert.All(shown, record => Assert.NotEmpty(record.StatusDescription));
        Assert.All(shown, record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.Equal(ProgressRecordType.Completed, seen[^1].Record.RecordType);
        double seconds = (seen[^1].At - seen[0].At) / 1000.0;
        Assert.True(shown.Length <= 2 + (5 * seconds), $"{shown.Length} records in {seconds} s.");
    }
}
