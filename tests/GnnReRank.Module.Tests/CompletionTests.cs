using System.Management.Automation;

namespace GnnReRank.Tests.Module;

public sealed class CompletionTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Invoke-GnnReRank -K1 ", "26 60", "Market-1501")]
    [InlineData("Invoke-GnnReRank -NeighborCount ", "26 60", "Market-1501")]
    [InlineData("Invoke-GnnReRank -K2 ", "7 10", "Market-1501")]
    [InlineData("Invoke-GnnReRank -K2 1", "10", "VeRi-776")]
    [InlineData("New-NeighborGraph -NeighborCount ", "26 60", "Market-1501")]
    [InlineData("Invoke-GnnReRank -Device a", "Auto", "best GPU")]
    [InlineData("Import-RetrievalDataset M", "Market1501 Msmt17", "bounding_box_test")]
    [InlineData("Import-RetrievalDataset VehicleId x -Variant ", "800 1600 2400", "VehicleId")]
    [InlineData("Import-RetrievalDataset -Dataset CUHK03-NP x -Variant l", "Labeled", "Cuhk03NP")]
    [InlineData("Measure-RetrievalAccuracy -Protocol C", "CUHK03-NP Cuhk03Classic CUB200 Cars196", "rule of Market1501")]
    [InlineData("Measure-RetrievalAccuracy -Protocol ro", "ROxford5k", "-GroundTruth")]
    public void ValuesComeWithALineThatSaysWhatTheyMean(string typed, string values, string meaning)
    {
        CommandCompletion completion = Complete(typed);
        Assert.Equal(values.Split(' '), completion.CompletionMatches.Select(match => match.CompletionText));
        Assert.Contains(meaning, completion.CompletionMatches[0].ToolTip);
    }

    [Theory]
    [InlineData("Invoke-GnnReRank -Variant ", "Reference")]
    [InlineData("Invoke-GnnReRank -Precision ", "Fast")]
    [InlineData("Measure-RetrievalAccuracy -Protocol ", "Market1501")]
    [InlineData("Measure-RetrievalAccuracy -Divide ", "All")]
    [InlineData("Compare-RetrievalAccuracy -Protocol ", "Label")]
    [InlineData("Show-Ranking -Protocol ", "LeaveOneOut")]
    [InlineData("Measure-RetrievalAccuracy -Difficulty ", "Hard")]
    [InlineData("Import-FeatureMatrix a.npz -Set ", "Query")]
    [InlineData("Import-FeatureMatrix a.npz -Set Query, ", "Gallery")]
    [InlineData("Import-FeatureMatrix a.npz -Role ", "Query")]
    [InlineData("Import-FeatureMatrix a.npz -Format ", "Parquet")]
    [InlineData("Import-FeatureMatrix a.npz -ElementType ", "Float16")]
    [InlineData("Import-NeighborGraph a.npy -ScoreKind ", "SquaredL2")]
    [InlineData("Export-Ranking a.run -Format ", "Trec")]
    [InlineData("Export-RankingReport a.html -ApKind ", "Uninterpolated")]
    [InlineData("Export-RankingReport a.html -Protocol ", "ROxford5k")]
    public void EnumerationsCompleteByThemselves(string typed, string expected) =>
        Assert.Contains(expected, Complete(typed).CompletionMatches.Select(match => match.CompletionText));

    [Theory]
    [InlineData("Invoke-GnnReRank")]
    [InlineData("New-NeighborGraph")]
    [InlineData("Search-FeatureMatrix")]
    public void ADeviceCompletesWithTheUsableOnesAndTheirNames(string command)
    {
        PSObject[] usable = [.. _session.RunClean("Get-ReRankDevice | Where-Object IsUsable").Output];
        CommandCompletion completion = Complete($"{command} -Device ");
        Assert.Equal(["Auto", .. usable.Select(device => device.Properties["Id"].Value)], completion.CompletionMatches.Select(match => match.CompletionText));
        Assert.Equal(usable.Select(device => device.Properties["Name"].Value), completion.CompletionMatches.Skip(1).Select(match => match.ToolTip));
    }

    [Fact]
    public void AListedDeviceCompletesUsableOrNot() => Assert.Equal(
        _session.RunClean("(Get-ReRankDevice).Id").Output.Select(id => id.BaseObject),
        Complete("Get-ReRankDevice ").CompletionMatches.Select(match => match.CompletionText));

    private CommandCompletion Complete(string typed)
    {
        using PowerShell shell = _session.Create(string.Empty);
        shell.Commands.Clear();
        return CommandCompletion.CompleteInput(typed, typed.Length, null, shell);
    }
}
