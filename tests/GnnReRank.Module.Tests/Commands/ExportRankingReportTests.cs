namespace GnnReRank.Tests.Module;

public sealed class ExportRankingReportTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ExportRankingReportTests() => _session.RunClean("""
        $query = (1, 0), (0, 1) | ConvertTo-FeatureMatrix -Role Query
        $gallery = (3, 4), (4, 3) | ConvertTo-FeatureMatrix -Role Gallery
        $cosine = $query, $gallery | Search-FeatureMatrix
        $gnn = $query, $gallery | Invoke-GnnReRank -K1 2 -K2 1 -WarningAction SilentlyContinue
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$cosine | Export-RankingReport r.html -PassThru", "\"shortName\":\"Cosine\"")]
    [InlineData("$cosine, $gnn | Export-RankingReport r.html -PassThru -Top 1", "\"shortName\":\"GNN\"")]
    [InlineData("Export-RankingReport r.html $cosine, $gnn -Title 'Before & after' -PassThru", "<title>Before &amp; after</title>")]
    public void AReportIsWrittenAndPassThruGivesTheFile(string script, string held)
    {
        FileInfo file = _session.RunClean(script).Single<FileInfo>();
        Assert.Equal(_session["r.html"], file.FullName);
        Assert.Contains(held, File.ReadAllText(file.FullName));
    }

    [Fact]
    public void AnExistingFileIsReplacedOnlyWithForceAndNeverWithWhatIf()
    {
        File.WriteAllText(_session["r.html"], "kept");
        Assert.Equal("FileExists", _session.Run("$cosine | Export-RankingReport r.html").ErrorId);
        _session.RunClean("$cosine | Export-RankingReport r.html -Force -WhatIf");
        Assert.Equal("kept", File.ReadAllText(_session["r.html"]));
        _session.RunClean("$cosine | Export-RankingReport r.html -Force");
        Assert.NotEqual("kept", File.ReadAllText(_session["r.html"]));
    }

    [Fact]
    public void TwoImageRootsAreThoseOfTheQueriesAndOfTheGallery()
    {
        Directory.CreateDirectory(_session["q"]);
        Directory.CreateDirectory(_session["g"]);
        ScriptResult result = _session.RunClean("""
            $query = [GnnReRank.FeatureMatrix]::new([float[]] (1, 0), 1, 2, $null, $null, [string[]] 'a.jpg', 'Query')
            $gallery = [GnnReRank.FeatureMatrix]::new([float[]] (1, 1), 1, 2, $null, $null, [string[]] 'b.jpg', 'Gallery')
            Search-FeatureMatrix $query $gallery | Export-RankingReport r.html -ImageRoot q, g
            """);
        string html = File.ReadAllText(_session["r.html"]);
        Assert.Contains("\"folder\":\"./q/\"", html);
        Assert.Contains("\"folder\":\"./g/\"", html);
        Assert.Equal(2, result.Warnings.Count);
        Assert.Contains("'a.jpg'", result.Warnings[0]);
    }

    // Both queries have their one match first, so every bootstrap sample has the mean 1.
    [Theory]
    [InlineData("-Bootstrap 100", "\"interval\":\"100.00-100.00 %\"")]
    [InlineData("", "\"interval\":null")]
    public void IntervalsAreThereWhereTheyAreAskedFor(string parameters, string held)
    {
        _session.RunClean($$"""
            function Labelled($rows, $role) { [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, [long[]] (1, 2), $null, $null, $role) }
            Search-FeatureMatrix (Labelled ((1, 0), (0, 1)) Query) (Labelled ((2, 1), (1, 2)) Gallery) | Export-RankingReport r.html {{parameters}}
            """);
        Assert.Contains(held, File.ReadAllText(_session["r.html"]));
    }

    // The queries of labels 1 and 2 find their own row first, which is no match, and the other of their label next.
    [Fact]
    public void WhereGalleriesAreDrawnThereAreFiguresAndNoCurve()
    {
        _session.RunClean("""
            $set = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((10, 0), (10, 1), (0, 10), (1, 10)), [long[]] (1, 1, 2, 2))
            Search-FeatureMatrix $set $set | Export-RankingReport r.html -Protocol VehicleID -Draws 3 -Seed 5
            """);
        string html = File.ReadAllText(_session["r.html"]);
        Assert.Contains("\"protocol\":\"VehicleId\"", html);
        Assert.Contains("\"draws\":\"3\",\"seed\":\"5\"", html);
        Assert.DoesNotContain("\"precisionRecall\":", html);
    }

    [Theory]
    [InlineData("$cosine | Export-RankingReport r.html -Top 0", "InvalidTop")]
    [InlineData("$cosine | Export-RankingReport r.html -Embed", "ImageRootMissing")]
    [InlineData("$cosine | Export-RankingReport r.html -ImageRoot missing", "FolderNotFound")]
    [InlineData("$cosine | Export-RankingReport missing/r.html", "FolderNotFound")]
    [InlineData("$cosine | Export-RankingReport r.html -Protocol Label", "LabelsMissing")]
    [InlineData("$cosine | Export-RankingReport r.html -MaxQueries 0", "InvalidMaxQueries")]
    public void WhatCannotBeWrittenIsRefused(string script, string errorId)
    {
        Assert.Equal(errorId, _session.Run(script).ErrorId);
        Assert.Empty(Directory.GetFiles(_session[[]]));
    }
}
