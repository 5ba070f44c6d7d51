namespace GnnReRank.Tests.Module;

public sealed class NeighborGraphFileTests : IDisposable
{
    private const string Show = "\"$($read.VertexCount) x $($read.NeighborCount): $($read.GetNeighbors(6)) $($read.GetScores(6))\"";

    private readonly ModuleSession _session = new();

    public NeighborGraphFileTests()
    {
        NumPyFile.WriteSets(_session["sets.npz"], LabelledRows.Made(5, 8, 3, seed: 2), LabelledRows.Made(15, 8, 3, seed: 3));
        _session.RunClean("""
            $query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
            $graph = $sets | New-NeighborGraph -K 7
            """);
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("graph.parquet", "", "graph.parquet")]
    [InlineData("graph.npy", "", "graph.npy graph.scores.npy")]
    [InlineData("graph.npy", "-ScorePath cosine.npy", "graph.npy cosine.npy")]
    [InlineData("'a[1].npy'", "-ScorePath 'b[1].npy'", "a[1].npy b[1].npy")]
    public void AGraphComesBackFromItsFiles(string path, string scorePath, string files)
    {
        ScriptResult written = _session.RunClean($"($graph | Export-NeighborGraph {path} {scorePath} -PassThru | ForEach-Object Name) -join ' '");
        Assert.Equal(files, written.Single<string>());
        string expected = _session.RunClean($"$read = $graph; {Show}").Single<string>();
        Assert.Equal(expected, _session.RunClean($"$read = Import-NeighborGraph {path} {scorePath}; {Show}").Single<string>());
    }

    [Fact]
    public void MatricesCanBeAttachedAtImport()
    {
        ScriptResult result = _session.RunClean("""
            $graph | Export-NeighborGraph graph.parquet
            $direct = $graph | Invoke-GnnReRank -K1 7 -K2 3
            $read = [System.IO.FileInfo]::new("$PWD/graph.parquet") | Import-NeighborGraph -Query $query -Gallery $gallery | Invoke-GnnReRank -K1 7 -K2 3
            "$($direct.GetIndices(2))" -eq "$($read.GetIndices(2))"
            """);
        Assert.True(result.Single<bool>());
    }

    [Fact]
    public void AGraphWithoutMatricesCannotBeReRankedAndTheMessageSaysHowToGiveThem()
    {
        ScriptResult result = _session.Run("$graph | Export-NeighborGraph graph.parquet; Import-NeighborGraph graph.parquet | Invoke-GnnReRank -K1 7 -K2 3");
        Assert.Contains("-Query", result.Error.Exception.Message);
        Assert.Contains("-Gallery", result.Error.Exception.Message);
    }

    [Fact]
    public void MatricesOfOtherSizesAreRefused()
    {
        ScriptResult result = _session.Run("$graph | Export-NeighborGraph graph.parquet; Import-NeighborGraph graph.parquet -Query $query");
        Assert.Equal("GraphDoesNotFit", result.ErrorId);
    }

    [Theory]
    [InlineData("missing.parquet", "FileNotFound")]
    [InlineData("graph.unknown", "UnknownFormat")]
    [InlineData(".", "UnknownFormat")]
    public void AGraphFileThatCannotBeReadIsAnError(string path, string errorId) =>
        Assert.Equal(errorId, _session.Run($"Import-NeighborGraph {path}").ErrorId);

    [Fact]
    public void ExistingFilesAreReplacedOnlyWithForce()
    {
        File.WriteAllText(_session["graph.scores.npy"], "kept");
        Assert.Equal("FileExists", _session.Run("$graph | Export-NeighborGraph graph.npy").ErrorId);
        Assert.False(File.Exists(_session["graph.npy"]));
        Assert.Equal("kept", File.ReadAllText(_session["graph.scores.npy"]));
        _session.RunClean("$graph | Export-NeighborGraph graph.npy -Force; $null = Import-NeighborGraph graph.npy");
    }

    [Fact]
    public void OneFileTakesOneGraph()
    {
        ScriptResult result = _session.Run("$graph, $graph | Export-NeighborGraph graph.parquet");
        Assert.Equal("SeveralForOneFile", result.ErrorId);
        Assert.Contains("ForEach-Object", result.Error.Exception.Message);
        Assert.False(File.Exists(_session["graph.parquet"]));
    }
}
