namespace GnnReRank.Tests.Module;

public sealed class ExportRankingTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ExportRankingTests() => _session.RunClean("""
        $query = (1, 0), (0, 1) | ConvertTo-FeatureMatrix -Role Query
        $gallery = (3, 4), (4, 3) | ConvertTo-FeatureMatrix -Role Gallery
        $ranking = $query, $gallery | Search-FeatureMatrix
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("ranking.csv", "")]
    [InlineData("ranking.jsonl", "")]
    [InlineData("ranking.trec", "")]
    [InlineData("ranking.parquet", "")]
    [InlineData("ranking.run", "-Format Trec")]
    public void EveryFormatIsWrittenAndPassThruGivesTheFile(string path, string format)
    {
        FileInfo file = _session.RunClean($"$ranking | Export-Ranking {path} {format} -PassThru").Single<FileInfo>();
        Assert.Equal(_session[path], file.FullName);
        Assert.True(file.Length > 0);
    }

    [Fact]
    public void TopShortensTheLists()
    {
        _session.RunClean("$ranking | Export-Ranking full.trec; $ranking | Export-Ranking cut.trec -Top 1");
        Assert.Equal(4, File.ReadAllLines(_session["full.trec"]).Length);
        Assert.Equal(2, File.ReadAllLines(_session["cut.trec"]).Length);
    }

    [Fact]
    public void AnExistingFileIsReplacedOnlyWithForceAndNeverWithWhatIf()
    {
        File.WriteAllText(_session["r.csv"], "kept");
        Assert.Equal("FileExists", _session.Run("$ranking | Export-Ranking r.csv").ErrorId);
        _session.RunClean("$ranking | Export-Ranking r.csv -Force -WhatIf");
        Assert.Equal("kept", File.ReadAllText(_session["r.csv"]));
        _session.RunClean("$ranking | Export-Ranking r.csv -Force");
        Assert.NotEqual("kept", File.ReadAllText(_session["r.csv"]));
    }

    [Theory]
    [InlineData("$ranking, $ranking | Export-Ranking r.csv", "SeveralForOneFile")]
    [InlineData("$ranking | Export-Ranking r.csv -Top 0", "InvalidTop")]
    [InlineData("$ranking | Export-Ranking r.unknown", "UnknownFormat")]
    [InlineData("$ranking | Export-Ranking missing/r.csv", "FolderNotFound")]
    public void WhatCannotBeWrittenIsRefused(string script, string errorId)
    {
        Assert.Equal(errorId, _session.Run(script).ErrorId);
        Assert.Empty(Directory.GetFiles(_session[[]]));
    }
}
