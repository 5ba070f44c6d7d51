namespace GnnReRank.Tests.Module;

public sealed class ShowRankingTests : IDisposable
{
    private readonly ScreenHost _screen = new();
    private readonly ModuleSession _session;

    // Query q0 of identity 1 under camera 1 at angle 0; gallery rows at growing angles: another identity, a match, junk (its own
    // camera), a match. Trapezoids over wrong, good, good: (0 + 1/2) / 4 + (1/2 + 2/3) / 4 = 5/12.
    public ShowRankingTests()
    {
        _session = new ModuleSession(_screen);
        _session.RunClean("""
            $rows = { param($id, $camera, $name, $e) @{ E = $e; Id = $id; Cam = $camera; File = $name } }
            $columns = @{ Property = 'E'; Label = 'Id'; Camera = 'Cam'; Name = 'File' }
            $query = (& $rows 1 1 'q0.jpg' (1, 0)), (& $rows 2 1 'other.jpg' (0, 1)), (& $rows 2 1 'Q2.jpg' (1, 1)), (& $rows 1 3 'q3.jpg' (0, 1)) |
                ConvertTo-FeatureMatrix @columns -Role Query
            $gallery = (& $rows 2 2 'g0.jpg' (9, 1)), (& $rows 1 2 'g1.jpg' (9, 2)), (& $rows 1 1 'g2.jpg' (9, 3)), (& $rows 1 3 'g3.jpg' (9, 4)) |
                ConvertTo-FeatureMatrix @columns -Role Gallery
            $ranking = $query, $gallery | Search-FeatureMatrix
            """);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void ABlockShowsTheQueryAndItsImagesWithMarks()
    {
        string[] lines = Show("$ranking | Show-Ranking -QueryIndex 0");
        Assert.Equal(
            [
                "Query 0 q0.jpg",
                "label 1, camera 1, AP 41.67 %, 2 good, first at 2",
                "Rank Score Mark Gallery Label Cam Name",
                "1 0.99388 x wrong 0 2 2 g0.jpg",
                "2 0.97619 + good 1 1 2 g1.jpg",
                "3 0.94868 ~ junk 2 1 1 g2.jpg",
                "4 0.91381 + good 3 1 3 g3.jpg",
            ],
            lines);
    }

    // Before, by features turned around, the list is 3, 2, 1, 0.
    [Fact]
    public void RanksBeforeAreShownBesideThoseNow()
    {
        _session.RunClean("""
            $turned = (9, 4), (9, 3), (9, 2), (9, 1) | ForEach-Object { $i = 0 } { @{ E = $_; Id = (2, 1, 1, 1)[$i]; Cam = (2, 2, 1, 3)[$i]; File = "g$i.jpg" }; $i++ } |
                ConvertTo-FeatureMatrix @columns -Role Gallery
            $before = $query, $turned | Search-FeatureMatrix
            """);
        string[] lines = Show("$ranking | Show-Ranking -QueryIndex 0 -Before $before");
        Assert.Contains("Rank Was Score Mark Gallery Label Cam Name", lines);
        Assert.Contains("1 4 0.99388 x wrong 0 2 2 g0.jpg", lines);
        Assert.Contains("4 1 0.91381 + good 3 1 3 g3.jpg", lines);

        // Good, junk, good, wrong: 1.
        Assert.Contains("label 1, camera 1, AP 41.67 % (was 100.00 %), 2 good, first at 2", lines);
        Assert.Contains(Show("$ranking | Show-Ranking -QueryIndex 0 -Before ($query, $turned | Search-FeatureMatrix -Top 1)"), line => line.StartsWith("1 - ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "0 1 2")]
    [InlineData("-QueryIndex 3, 0", "3 0")]
    [InlineData("-Query 2", "2")]
    [InlineData("-Name q*", "0 2 3")]
    [InlineData("-Name other.jpg, q3*", "1 3")]
    [InlineData("-QueryIndex 3 -Name q?.jpg", "3 0 2")]
    public void QueriesAreChosenByIndexAndByName(string arguments, string expected) => Assert.Equal(
        expected, _session.RunClean($"($ranking | Show-Ranking {arguments}).QueryIndex -join ' '").Single<string>());

    [Theory]
    [InlineData("-QueryIndex 4", "QueryIndexOutOfRange", "0 to 3")]
    [InlineData("-Name x*", "NoQueryMatches", "'q0.jpg'")]
    [InlineData("-Top 0", "InvalidTop", "at least 1")]
    [InlineData("-Before ($gallery.WithRole('Query'), $gallery | Search-FeatureMatrix)", "OtherImages", "other labels (queries)")]
    public void WhatIsNotThereIsRefused(string arguments, string errorId, string hint)
    {
        ScriptResult result = _session.Run($"$ranking | Show-Ranking {arguments}");
        Assert.Equal(errorId, result.ErrorId);
        Assert.Contains(hint, result.Error.Exception.Message);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void WithoutLabelsAndNamesThereAreNoMarks()
    {
        string[] lines = Show("(, (1, 0) | ConvertTo-FeatureMatrix -Role Query), ((9, 1), (9, 2) | ConvertTo-FeatureMatrix -Role Gallery) | Search-FeatureMatrix | Show-Ranking");
        Assert.Equal(["Query 0", "Rank Score Mark Gallery Label Cam Name", "1 0.99388 0", "2 0.97619 1"], lines);
        Assert.Equal("NamesMissing", _session.Run("(, (1, 0) | ConvertTo-FeatureMatrix -Role Query), $gallery | Search-FeatureMatrix | Show-Ranking -Name a").ErrorId);
    }

    [Fact]
    public void ALongNameKeepsItsEndAndTheLineFits()
    {
        string name = string.Concat(Enumerable.Repeat("folder/", 20)) + "end.jpg";
        _session.Set("name", name);
        string[] lines = Show("""
            $long = @{ E = 1, 0; Id = 1; Cam = 1; File = $name } | ConvertTo-FeatureMatrix @columns
            $long.WithRole('Query'), $long.WithRole('Gallery') | Search-FeatureMatrix | Show-Ranking
            """);
        Assert.EndsWith("/end.jpg", lines[0]);
        Assert.EndsWith("/end.jpg", lines[^1]);
    }

    [Theory]
    [InlineData(true, "Host", null, true)]
    [InlineData(false, "Host", null, false)]
    [InlineData(false, "Ansi", null, true)]
    [InlineData(true, "PlainText", null, false)]
    [InlineData(true, "Host", "1", false)]
    public void ColoursAreShownWhereTheScreenHasThemAndNobodyForbidsThem(bool screen, string rendering, string? noColor, bool expected)
    {
        _screen.ShowsColours = screen;
        _session.Set("rendering", rendering);
        _session.Set("noColor", noColor);
        _session.RunClean("""
            $PSStyle.OutputRendering = $rendering
            $old = $env:NO_COLOR
            $env:NO_COLOR = $noColor
            try { $ranking | Show-Ranking -QueryIndex 0 | Out-Default } finally { $env:NO_COLOR = $old }
            """);
        string text = _screen.TakeColouredText();
        Assert.Contains("x wrong", text);
        Assert.Equal(expected, text.Contains("\e[32m", StringComparison.Ordinal));
        Assert.Equal(expected, text.Contains("\e[31m", StringComparison.Ordinal));
    }

    private string[] Show(string script)
    {
        _session.RunClean($"{script} | Out-Default");
        string[] lines = _screen.TakeText().Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= ScreenRawUI.Columns, line));
        return [.. lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0)];
    }
}
