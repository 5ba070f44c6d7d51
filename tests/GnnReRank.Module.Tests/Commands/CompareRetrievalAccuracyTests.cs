namespace GnnReRank.Tests.Module;

public sealed class CompareRetrievalAccuracyTests : IDisposable
{
    private readonly ModuleSession _session = new();

    // Three queries of labels 1, 2, 3 and a gallery of the same labels. $worse ranks by the features as they are: the first query's
    // match is second, the others' first. In $better all matches are first. Uninterpolated: (1/2 + 1 + 1) / 3 = 5/6 against 1.
    public CompareRetrievalAccuracyTests() => _session.RunClean("""
        $rows = { param($role, $features) $features | ForEach-Object { $i = 0 } { $i++; @{ E = $_; Id = $i } } | ConvertTo-FeatureMatrix E -Label Id -Role $role }
        $gallery = & $rows Gallery (1, 0, 0), (0, 1, 0), (0, 0, 1)
        $worse = (& $rows Query (1, 2, 0), (0, 1, 0), (0, 0, 1)), $gallery | Search-FeatureMatrix
        $better = (& $rows Query (1, 0, 0), (0, 1, 0), (0, 0, 1)), $gallery | Search-FeatureMatrix
        $measure = @{ ApKind = 'Uninterpolated' }
        $before = $worse | Measure-RetrievalAccuracy @measure
        $after = $better | Measure-RetrievalAccuracy @measure
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Compare-RetrievalAccuracy $before $after")]
    [InlineData("$before, $after | Compare-RetrievalAccuracy")]
    [InlineData("$after | Compare-RetrievalAccuracy -Reference $before")]
    [InlineData("Compare-RetrievalAccuracy -Difference $after -Baseline $before")]
    [InlineData("Compare-RetrievalAccuracy -ReferenceObject $before -DifferenceObject $after")]
    [InlineData("Compare-RetrievalAccuracy $worse $after")]
    [InlineData("$before, $better | Compare-RetrievalAccuracy")]
    public void TheFirstIsTheReferenceHoweverTheyAreGiven(string script)
    {
        ScriptResult result = _session.RunClean(script);
        Assert.Equal(5.0 / 6, (double)result["MeanBefore"]!, 1e-15);
        Assert.Equal(1.0, (double)result["MeanAfter"]!, 1e-15);
        Assert.Equal(1.0 / 6, (double)result["MeanDifference"]!, 1e-15);
        Assert.Equal("1 0 2", $"{result["GainedCount"]} {result["LostCount"]} {result["EqualCount"]}");

        // One changed query: either sign is as large.
        Assert.Equal(1.0, result["PValue"]);
        Assert.Equal("Noise", result["Verdict"]!.ToString());
        Assert.EndsWith("p = 1.000: this is within the noise.", (string)result["Summary"]!);
    }

    [Fact]
    public void EachOtherIsComparedWithTheFirst()
    {
        ScriptResult result = _session.RunClean("$before, $after, $before | Compare-RetrievalAccuracy | ForEach-Object { '{0:F4}' -f $_.MeanDifference }");
        Assert.Equal(["0.1667", "0.0000"], result.Output.Select(value => (string)value.BaseObject));
    }

    [Fact]
    public void RankingsAloneAreMeasuredByTheDefaultsOrTheGivenProtocol()
    {
        // Trapezoid of a match at rank 2: (0 + 1/2) / 2 = 1/4, so the mean is (1/4 + 2) / 3 = 3/4.
        ScriptResult result = _session.RunClean("$worse, $better | Compare-RetrievalAccuracy -Protocol University1652");
        Assert.Equal(0.75, (double)result["MeanBefore"]!, 1e-15);
        Assert.Equal("University1652", _session.RunClean("(Compare-RetrievalAccuracy $worse $better -Protocol University1652).Before.Protocol").Output[0].ToString());
    }

    [Fact]
    public void SetupsOfTheRevisitedBenchmarksAreComparedEachWithItsOwn()
    {
        _session.RunClean("""
            $lists = 0..2 | ForEach-Object { [GnnReRank.QueryTruth] @{ Easy = [int[]] @($_); Hard = [int[]] @(($_ + 1) % 3) } }
            $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $lists, 3)
            """);
        ScriptResult result = _session.RunClean(
            "$worse, $better | Compare-RetrievalAccuracy -Protocol RevisitedOxfordParis -GroundTruth $truth | ForEach-Object { $_.Before.Difficulty, $_.After.Difficulty -join '-' }");
        Assert.Equal(["Easy-Easy", "Medium-Medium", "Hard-Hard"], result.Output.Select(value => (string)value.BaseObject));
    }

    [Theory]
    [InlineData("$before | Compare-RetrievalAccuracy", "NothingToCompare", "at least one other")]
    [InlineData("Compare-RetrievalAccuracy $before 5", "NotAResult", "Int32")]
    [InlineData("Compare-RetrievalAccuracy $before $after -Alpha 1", "InvalidComparison", "Alpha is 1")]
    [InlineData("Compare-RetrievalAccuracy $before $after -Bootstrap 10", "BootstrapOutOfRange", "100 to 1,000,000")]
    [InlineData("Compare-RetrievalAccuracy -Reference $before, $after -Difference $after", "SeveralReferences", "give one")]
    public void WhatCannotBeComparedIsRefused(string script, string errorId, string hint)
    {
        ScriptResult result = _session.Run(script);
        Assert.Equal(errorId, result.ErrorId);
        Assert.Contains(hint, result.Error.Exception.Message);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void OneThatDiffersIsAnErrorAndTheNextGoesOn()
    {
        ScriptResult result = _session.Run("""
            $other = $better | Measure-RetrievalAccuracy -ApKind Trapezoid
            $before, $other, $after | Compare-RetrievalAccuracy
            """);
        Assert.Equal("NotComparable", result.ErrorId);
        Assert.Contains("kind of average precision: Uninterpolated and Trapezoid", result.Error.Exception.Message);
        Assert.Single(result.Output);
    }

    [Fact]
    public void TheSameSeedGivesTheSameForAnyNumberOfThreads()
    {
        ScriptResult result = _session.RunClean(
            "1, 2 | ForEach-Object { (Compare-RetrievalAccuracy $before $after -Seed 3 -Bootstrap 200 -ThrottleLimit $_).DifferenceInterval }");
        Assert.Equal(result.Output[0].BaseObject, result.Output[1].BaseObject);
    }

    [Fact]
    public void WhatWasAskedForIsInTheResult()
    {
        ScriptResult result = _session.RunClean("Compare-RetrievalAccuracy $before $after -Seed 3 -Alpha 0.2");
        Assert.Equal((3, 0.2), ((int)result["Seed"]!, (double)result["Alpha"]!));
    }

    [Fact]
    public void TopChoosesHowManyAreListed()
    {
        Assert.Equal(0, _session.RunClean("(Compare-RetrievalAccuracy $before $after -Top 0).MostGained.Count").Single<int>());
        Assert.Equal(0, _session.RunClean("(Compare-RetrievalAccuracy $before $after -Top 1).MostGained.QueryIndex").Single<int>());
    }
}
