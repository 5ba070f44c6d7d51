namespace GnnReRank.Tests.Module;

public sealed class ExpandRankingTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ExpandRankingTests() => _session.RunClean("""
        $query = @{ E = 1, 0; Id = 1; File = 'q0' }, @{ E = 0, 1; Id = 2; File = 'q1' } | ConvertTo-FeatureMatrix E -Label Id -Name File -Role Query
        $gallery = @{ E = 3, 4; Id = 2; File = 'g0' }, @{ E = 4, 3; Id = 1; File = 'g1' } | ConvertTo-FeatureMatrix E -Label Id -Name File -Role Gallery
        $ranking = $query, $gallery | Search-FeatureMatrix
        """);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void EveryQueryAndRankBecomesAnObject()
    {
        ScriptResult result = _session.RunClean("""
            $ranking | Expand-Ranking | ForEach-Object {
                '{0} {1} {2} | {3} | {4} {5} {6} | {7:F3} {8}' -f $_.QueryIndex, $_.QueryName, $_.QueryLabel, $_.Rank,
                    $_.GalleryIndex, $_.GalleryName, $_.GalleryLabel, $_.Score, $_.IsMatch }
            """);
        Assert.Equal(
            [
                "0 q0 1 | 1 | 1 g1 1 | 0.800 True",
                "0 q0 1 | 2 | 0 g0 2 | 0.600 False",
                "1 q1 2 | 1 | 0 g0 2 | 0.800 True",
                "1 q1 2 | 2 | 1 g1 1 | 0.600 False",
            ],
            result.Output.Select(value => (string)value.BaseObject));
    }

    [Theory]
    [InlineData("-Top 1", "0/1 1/1")]
    [InlineData("-QueryIndex 1", "1/1 1/2")]
    [InlineData("-QueryIndex 1, 0 -Top 1", "1/1 0/1")]
    [InlineData("-Top 99 -QueryIndex 0", "0/1 0/2")]
    public void TopAndQueryIndexChoose(string arguments, string expected)
    {
        ScriptResult result = _session.RunClean($"($ranking | Expand-Ranking {arguments} | ForEach-Object {{ \"$($_.QueryIndex)/$($_.Rank)\" }}) -join ' '");
        Assert.Equal(expected, result.Single<string>());
    }

    [Theory]
    [InlineData("-Top 0", "InvalidTop", "at least 1")]
    [InlineData("-QueryIndex 2", "QueryIndexOutOfRange", "0 to 1")]
    [InlineData("-QueryIndex 0, -1", "QueryIndexOutOfRange", "0 to 1")]
    public void WhatIsOutsideTheRankingIsRefusedBeforeAnythingIsWritten(string arguments, string errorId, string hint)
    {
        ScriptResult result = _session.Run($"$ranking | Expand-Ranking {arguments}");
        Assert.Equal(errorId, result.ErrorId);
        Assert.Contains(hint, result.Error.Exception.Message);
        Assert.Empty(result.Output);
    }
}
