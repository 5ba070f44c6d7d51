using System.Management.Automation;

namespace GnnReRank.Tests.Module.Commands;

/// <summary>Get-ReRankDevice, and the parameters -Device and -Precision.</summary>
public sealed class DeviceTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void TheProcessorIsListedFirstAndUsable()
    {
        PSObject first = _session.RunClean("Get-ReRankDevice").Output[0];
        Assert.Equal("Cpu", first.Properties["Id"].Value);
        Assert.Equal(true, first.Properties["IsUsable"].Value);
        Assert.Null(first.Properties["Reason"].Value);
        Assert.True((long)first.Properties["MemoryBytes"].Value > 0);
        Assert.NotEmpty((string)first.Properties["Name"].Value);
    }

    [Fact]
    public void ADeviceThatIsNotUsableSaysWhy() =>
        _session.RunClean("Get-ReRankDevice | ForEach-Object { if ($_.IsUsable -ne ($null -eq $_.Reason)) { throw \"$_\" } }");

    [Fact]
    public void AWildcardThatMatchesNothingGivesNothing() => Assert.Empty(_session.RunClean("Get-ReRankDevice x*").Output);

    [Fact]
    public void EachDeviceIsGivenOnce() => Assert.Single(_session.RunClean("Get-ReRankDevice cpu, c?u").Output);

    [Fact]
    public void AnUnknownIdIsAnErrorAndTheOthersAreGiven()
    {
        ScriptResult result = _session.Run("Get-ReRankDevice Cuda:99, Cpu");
        Assert.Equal("DeviceNotFound", result.ErrorId);
        Assert.Contains("Cpu (", result.Error.Exception.Message);
        Assert.Equal("Cuda:99", result.Error.TargetObject);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("Invoke-GnnReRank $query $gallery -K1 10 -K2 4")]
    [InlineData("New-NeighborGraph $query $gallery -K1 10 | Invoke-GnnReRank -K1 10 -K2 4")]
    [InlineData("Search-FeatureMatrix $query $gallery")]
    public void TheProcessorGivesTheSameBitsWhetherNamedOrNot(string command)
    {
        MakeMatrices();
        string named = command.Replace(" | ", " -Device cpu | ", StringComparison.Ordinal);
        object[] usual = IndicesAndScores(command);
        Assert.Equal(12 * 60 * 2, usual.Length);
        Assert.Equal(usual, IndicesAndScores($"{named} -Device CPU -Precision Fast"));
    }

    [Theory]
    [InlineData("GPU", "InvalidDevice")]
    [InlineData("Cuda:x", "InvalidDevice")]
    [InlineData("OpenCL:77", "DeviceNotFound")]
    public void ABadDeviceIsRefusedBeforeAMatrixIsAskedFor(string device, string errorId)
    {
        ScriptResult result = _session.Run($"& {{ throw 'read' }} | Search-FeatureMatrix -Device {device}");
        Assert.Equal(errorId, result.ErrorId);
        Assert.Equal(device, result.Error.TargetObject);
        Assert.Contains("Cpu (", result.Error.Exception.Message);
    }

    [Fact]
    public void VerboseSaysWhereTheWorkIsDoneAndNothingWarns()
    {
        MakeMatrices();
        ScriptResult result = _session.RunClean("Search-FeatureMatrix $query $gallery -Verbose");
        Assert.Single(result.Verbose, line => line.StartsWith("Device: CPU (", StringComparison.Ordinal));
        Assert.Empty(result.Warnings);
    }

    private object[] IndicesAndScores(string command) =>
    [
        .. _session.RunClean($"$ranking = {command}; foreach ($row in 0..11) {{ $ranking.GetIndices($row); $ranking.GetScores($row) }}")
            .Output.Select(value => value.BaseObject),
    ];

    private void MakeMatrices()
    {
        NumPyFile.WriteSets(_session["sets.npz"], LabelledRows.Made(12, 17, 6, seed: 2), LabelledRows.Made(60, 17, 6, seed: 3));
        _session.RunClean("$query, $gallery = Import-FeatureMatrix sets.npz -Set Query, Gallery");
    }
}
