using System.Collections;

namespace GnnReRank.Tests.Module;

/// <summary>The steps of the job, put together without variables.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public PipelineTests() => NumPyFile.WriteSets(
        _session["market.npz"],
        LabelledRows.Made(12, 17, 6, seed: 2, cameraCount: 2),
        LabelledRows.Made(60, 17, 6, seed: 3, cameraCount: 3));

    public void Dispose() => _session.Dispose();

    [Fact]
    public void TheWholeJobIsOneLine()
    {
        ScriptResult result = _session.RunClean(
            "Import-FeatureMatrix market.npz -Set Query, Gallery | Invoke-GnnReRank -K1 10 -K2 4 | Measure-RetrievalAccuracy");
        Assert.Equal("Market1501", $"{result["Protocol"]}");
        Assert.Equal(12, result["QueryCount"]);
        Assert.Equal("mAP", result["MeanName"]);
        Assert.InRange((double)result["mAP"]!, 0.2, 1.0);
        Assert.Equal("GNN Paper k1=10 k2=4 layers=2 alpha=2 lambda=0", $"{result["Settings"]}");
    }

    [Fact]
    public void OneGraphServesSeveralSettings()
    {
        ScriptResult result = _session.RunClean("""
            $graph = Import-FeatureMatrix market.npz -Set Query, Gallery | New-NeighborGraph -NeighborCount 40
            8, 26, 40 | ForEach-Object { $graph | Invoke-GnnReRank -K1 $_ | Measure-RetrievalAccuracy } | ForEach-Object { $_.Settings.K1 }
            """);
        Assert.Equal([8, 26, 40], result.Output.Select(value => (int)value.BaseObject));
    }

    [Theory]
    [InlineData("$sets | Invoke-GnnReRank -K1 10")]
    [InlineData("Invoke-GnnReRank -InputObject $sets -K1 10")]
    [InlineData(", $sets | Invoke-GnnReRank -K1 10")]
    [InlineData("$sets[1], $sets[0] | Invoke-GnnReRank -K1 10")]
    [InlineData("Invoke-GnnReRank $sets[0] $sets[1] -K1 10")]
    [InlineData("Invoke-GnnReRank -Query $sets[0] -Gallery $sets[1] -NeighborCount 10")]
    [InlineData("$sets | New-NeighborGraph -K 10 | Invoke-GnnReRank -K1 10")]
    [InlineData("Invoke-GnnReRank -Graph ($sets | New-NeighborGraph -K 30) -K1 10")]
    [InlineData("$bare = $sets | New-NeighborGraph -K 30; $bare.WithMatrices($null, $null) | Invoke-GnnReRank -Query $sets[0] -Gallery $sets[1] -K1 10")]
    public void EveryWayToGiveTheMatricesGivesTheSameRanking(string script)
    {
        const string show = "\"$($ranking.QueryCount) $($ranking.Depth): $($ranking.GetIndices(3)) $($ranking.GetScores(3))\"";
        _session.RunClean("$sets = Import-FeatureMatrix market.npz -Set Query, Gallery");
        string expected = _session.RunClean($"$ranking = $sets | Invoke-GnnReRank -K1 10; {show}").Single<string>();
        Assert.StartsWith("12 60: ", expected);
        Assert.Equal(expected, _session.RunClean($"$ranking = & {{ {script} }}; {show}").Single<string>());
    }

    [Fact]
    public void SeveralRankingsAreMeasuredOneByOne()
    {
        ScriptResult result = _session.RunClean("""
            $sets = Import-FeatureMatrix market.npz -Set Query, Gallery
            ($sets | Search-FeatureMatrix), ($sets | Invoke-GnnReRank -K1 10) | Measure-RetrievalAccuracy | ForEach-Object { $_.Settings.Method }
            """);
        Assert.Equal(["Cosine", "GNN"], result.Output.Select(value => (string)value.BaseObject));
    }

    [Theory]
    [InlineData("$q", "1 query, 0 gallery and 0 role-less")]
    [InlineData("$g", "0 query, 1 gallery and 0 role-less")]
    [InlineData("$q, $q, $g", "2 query, 1 gallery and 0 role-less")]
    [InlineData("$q, $g, $n", "1 query, 1 gallery and 1 role-less")]
    [InlineData("$n, $n", "0 query, 0 gallery and 2 role-less")]
    public void RolesThatLeaveDoubtAreAnErrorThatSaysWhatToDo(string matrices, string found)
    {
        _session.RunClean("""
            $q, $g = Import-FeatureMatrix market.npz -Set Query, Gallery
            $n = (1, 2), (3, 4) | ConvertTo-FeatureMatrix
            """);
        foreach (string command in new[] { "Invoke-GnnReRank", "Search-FeatureMatrix", "New-NeighborGraph" })
        {
            ScriptResult result = _session.Run($"{matrices} | {command}");
            Assert.Equal("QueryAndGalleryNeeded", result.ErrorId);
            Assert.Contains(found, result.Error.Exception.Message);
            Assert.Contains("-Set Query, Gallery", result.Error.Exception.Message);
            Assert.NotEmpty(Assert.IsType<IEnumerable>(result.Error.TargetObject, exactMatch: false));
        }
    }

    [Theory]
    [InlineData("Invoke-GnnReRank")]
    [InlineData("Search-FeatureMatrix")]
    [InlineData("New-NeighborGraph")]
    public void FileNamesInsteadOfMatricesAreAnErrorThatNamesTheCommandForThem(string command)
    {
        ScriptResult result = _session.Run($"'market.npz' | {command}");
        Assert.StartsWith("InputObjectNotBound,", result.Errors[0].FullyQualifiedErrorId);
        Assert.StartsWith("QueryAndGalleryNeeded,", result.Errors[1].FullyQualifiedErrorId);
        Assert.Contains("file names go to Import-FeatureMatrix first", result.Errors[1].Exception.Message);
    }

    [Theory]
    [InlineData("Invoke-GnnReRank $g $q -K1 10")]
    [InlineData("Search-FeatureMatrix $g $q")]
    [InlineData("New-NeighborGraph $g $q -K 10")]
    public void MatricesInTheWrongOrderAreTakenAsGivenWithAWarning(string script)
    {
        _session.RunClean("$q, $g = Import-FeatureMatrix market.npz -Set Query, Gallery");
        ScriptResult result = _session.RunClean($"({script}).Query.RowCount");
        Assert.Equal(60, result.Single<int>());
        Assert.Contains("role Gallery", Assert.Single(result.Warnings));
        Assert.Empty(_session.RunClean(script.Replace("$g $q", "$q $q", StringComparison.Ordinal)).Warnings);
    }

    [Fact]
    public void OneMatrixWithoutARoleGivesTheGraphOfItself()
    {
        _session.RunClean("$g = Import-FeatureMatrix market.npz -Set Gallery; $n = $g.WithRole('None')");
        const string show = "\"$($graph.VertexCount) $($graph.GetNeighbors(5))\"";
        string piped = _session.RunClean($"$graph = $n | New-NeighborGraph -K 4; {show}").Single<string>();
        Assert.StartsWith("60 5 ", piped);
        Assert.Equal(piped, _session.RunClean($"$graph = New-NeighborGraph -Gallery $g -K 4; {show}").Single<string>());
    }

    [Fact]
    public void AGraphAndARankingAreNeverUnrolled()
    {
        ScriptResult result = _session.RunClean("""
            $sets = Import-FeatureMatrix market.npz -Set Query, Gallery
            $sets | New-NeighborGraph -K 5
            $sets | Search-FeatureMatrix
            """);
        Assert.Equal(["GnnReRank.NeighborGraph", "GnnReRank.Ranking"], result.Output.Select(value => value.BaseObject.GetType().FullName));
    }
}
