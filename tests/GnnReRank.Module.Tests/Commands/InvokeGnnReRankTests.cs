using System.Management.Automation;

namespace GnnReRank.Tests.Module;

public sealed class InvokeGnnReRankTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public InvokeGnnReRankTests()
    {
        NumPyFile.WriteSets(_session["sets.npz"], LabelledRows.Made(5, 8, 3, seed: 2), LabelledRows.Made(15, 8, 3, seed: 3));
        _session.RunClean("$query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery");
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("-K1 9 -K2 3 -Layers 1 -Alpha 1.5 -Lambda 0.25 -Variant Reference")]
    [InlineData("-NeighborCount 9 -PropagationCount 3 -LayerCount 1 -EdgeExponent 1.5 -CosineWeight 0.25 -Variant Reference")]
    public void ParametersBindByThePapersNamesAndBySpeakingOnes(string arguments)
    {
        ScriptResult result = _session.RunClean($"$sets | Invoke-GnnReRank {arguments}");
        Assert.Equal("GNN Reference k1=9 k2=3 layers=1 alpha=1.5 lambda=0.25", $"{result["Settings"]}");
    }

    [Theory]
    [InlineData("-K1 0", "InvalidK1", "at least 1")]
    [InlineData("-K1 5 -K2 0", "InvalidK2", "at least 1")]
    [InlineData("-K1 5 -K2 6", "K2ExceedsK1", "Lower K2 or raise K1")]
    [InlineData("-K1 10 -Layers -1", "InvalidLayers", "negative")]
    [InlineData("-K1 10 -Alpha -0.5", "InvalidAlpha", "not negative")]
    [InlineData("-K1 10 -Lambda 1.5", "InvalidLambda", "between 0 and 1")]
    [InlineData("-K1 10 -Top 0", "InvalidTop", "at least 1")]
    public void ASettingOutOfRangeEndsTheCommandAndSaysWhatIsRight(string arguments, string errorId, string hint)
    {
        ScriptResult result = _session.Run($"$sets | Invoke-GnnReRank {arguments}");
        Assert.Equal(errorId, result.ErrorId);
        Assert.Contains(hint, result.Error.Exception.Message);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Invoke-GnnReRank -Top 0 -Verbose", "InvalidTop", "0")]
    [InlineData("Search-FeatureMatrix -Top 0 -Verbose", "InvalidTop", "0")]
    [InlineData("Invoke-GnnReRank -K1 0 -Verbose", "InvalidK1", "GNN Paper k1=0 k2=7 layers=2 alpha=2 lambda=0")]
    public void ABadArgumentIsRefusedBeforeAnyWorkAndIsTheErrorsTarget(string command, string errorId, string target)
    {
        ScriptResult result = _session.Run($"$sets | {command}");
        Assert.Equal(errorId, result.ErrorId);
        Assert.Equal(target, $"{result.Error.TargetObject}");
        Assert.Equal(ErrorCategory.InvalidArgument, result.Error.CategoryInfo.Category);
        Assert.Empty(result.Verbose);
    }

    [Fact]
    public void K1BeyondTheRowsIsLoweredWithAWarning()
    {
        ScriptResult result = _session.RunClean("$sets | Invoke-GnnReRank -K1 26 -K2 22");
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("K1 is 26", warning);
        Assert.Contains("K1 20 and K2 20 are used", warning);
        Assert.Equal("GNN Paper k1=20 k2=20 layers=2 alpha=2 lambda=0", $"{result["Settings"]}");
    }

    [Fact]
    public void ANeighbourCountBeyondTheRowsIsLoweredWithAWarningAndServesTheDefaultK1()
    {
        ScriptResult graph = _session.RunClean("$graph = $sets | New-NeighborGraph; $graph");
        Assert.Contains("20 is used", Assert.Single(graph.Warnings));
        Assert.Equal(20, graph["NeighborCount"]);
        Assert.Contains("K1 20", Assert.Single(_session.RunClean("$graph | Invoke-GnnReRank").Warnings));
    }

    [Fact]
    public void AGraphWithTooFewNeighboursIsRefused()
    {
        ScriptResult result = _session.Run("$sets | New-NeighborGraph -K 6 | Invoke-GnnReRank -K1 8 -K2 3");
        Assert.Equal("GraphTooShallow", result.ErrorId);
        Assert.Contains("8", result.Error.Exception.Message);
        Assert.Contains("6", result.Error.Exception.Message);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void AGraphThatDoesNotFitTheMatricesIsRefused()
    {
        ScriptResult result = _session.Run("$sets | New-NeighborGraph -K 6 | Invoke-GnnReRank -Query $gallery -K1 6 -K2 3");
        Assert.Equal("GraphDoesNotFit", result.ErrorId);
        Assert.Contains("20 vertices", result.Error.Exception.Message);
    }

    [Theory]
    [InlineData("Invoke-GnnReRank -K1 2 -K2 1")]
    [InlineData("Search-FeatureMatrix")]
    [InlineData("New-NeighborGraph -K 2")]
    public void QueryAndGalleryOfDifferentDimensionsAreRefused(string command)
    {
        ScriptResult result = _session.Run($"$other = (1, 2, 3), (4, 5, 6) | ConvertTo-FeatureMatrix -Role Gallery; $query, $other | {command}");
        Assert.Contains("8", result.Error.Exception.Message);
        Assert.Contains("3", result.Error.Exception.Message);
        Assert.Equal("DimensionMismatch", result.ErrorId);
    }

    [Fact]
    public void TopKeepsTheHeadOfTheFullRanking()
    {
        ScriptResult result = _session.RunClean("""
            $full = $sets | Invoke-GnnReRank -K1 8
            $cut = $sets | Invoke-GnnReRank -K1 8 -Top 3
            "$($cut.Depth) $($cut.IsFull) $("$($full.GetIndices(1)[0..2])" -eq "$($cut.GetIndices(1))")"
            """);
        Assert.Equal("3 False True", result.Single<string>());
    }

    [Fact]
    public void TheNumberOfThreadsDoesNotChangeABit()
    {
        ScriptResult result = _session.RunClean("""
            1, 2 | ForEach-Object { $r = $sets | Invoke-GnnReRank -K1 8 -ThrottleLimit $_; "$($r.GetScores(0) | ForEach-Object { [BitConverter]::SingleToInt32Bits($_) })" }
            """);
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(result.Output[0].BaseObject, result.Output[1].BaseObject);
    }
}
