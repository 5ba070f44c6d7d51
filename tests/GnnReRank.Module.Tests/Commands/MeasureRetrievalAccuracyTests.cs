namespace GnnReRank.Tests.Module;

public sealed class MeasureRetrievalAccuracyTests : IDisposable
{
    private readonly ModuleSession _session = new();

    // One query at angle 0; gallery rows at growing angles, so the ranking is 0, 1, 2, 3 with labels 2, 1, 2, 1.
    public MeasureRetrievalAccuracyTests() => _session.RunClean("""
        $query = @{ E = 1, 0; Id = 1; Cam = 1 } | ConvertTo-FeatureMatrix E -Label Id -Camera Cam -Role Query
        $gallery = @{ E = 9, 1; Id = 2; Cam = 2 }, @{ E = 9, 2; Id = 1; Cam = 2 }, @{ E = 9, 3; Id = 2; Cam = 2 }, @{ E = 9, 4; Id = 1; Cam = 2 } |
            ConvertTo-FeatureMatrix E -Label Id -Camera Cam -Role Gallery
        $ranking = $query, $gallery | Search-FeatureMatrix
        """);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void FiguresWorkedByHandComeOut()
    {
        // Matches at ranks 2 and 4: precisions 1/2 and 2/4. Trapezoids: (0 + 1/2) / 2 * 1/2 + (1/3 + 1/2) / 2 * 1/2 = 1/3.
        ScriptResult plain = _session.RunClean("$ranking | Measure-RetrievalAccuracy -ApKind Uninterpolated -Rank 2, 3");
        Assert.Equal(0.5, (double)plain["mAP"]!, 1e-12);
        Assert.Equal(0.5, (double)plain["mINP"]!, 1e-12);
        Assert.Equal(0.0, plain["Rank1"]);
        ScriptResult trapezoid = _session.RunClean("$ranking | Measure-RetrievalAccuracy");
        Assert.Equal(1.0 / 3, (double)trapezoid["mAP"]!, 1e-12);
        Assert.Equal("Market1501 Trapezoid Valid", $"{trapezoid["Protocol"]} {trapezoid["ApKind"]} {trapezoid["Divisor"]}");
    }

    [Fact]
    public void ARankAskedForCanBeRead()
    {
        ScriptResult result = _session.RunClean("$accuracy = $ranking | Measure-RetrievalAccuracy -Rank 2; $accuracy.At(1), $accuracy.At(2)");
        Assert.Equal([0.0, 1.0], result.Output.Select(value => (double)value.BaseObject));
        Assert.Equal(1.0, _session.RunClean("($accuracy.Ranks | Where-Object Rank -eq 2).Cmc").Single<double>());
    }

    [Fact]
    public void ACutRankingIsMeasuredUnderItsOwnName()
    {
        ScriptResult result = _session.RunClean("$query, $gallery | Search-FeatureMatrix -Top 2 | Measure-RetrievalAccuracy");
        Assert.Equal("mAP@2", result["MeanName"]);
        Assert.Null(result["mAP"]);
        Assert.Null(result["mINP"]);
        Assert.NotNull(result["mAPAtDepth"]);
    }

    [Fact]
    public void LabelsAreNeeded()
    {
        ScriptResult result = _session.Run("""
            $bare = , (1, 0) | ConvertTo-FeatureMatrix -Role Query
            $bare, $gallery | Search-FeatureMatrix | Measure-RetrievalAccuracy
            """);
        Assert.Equal("LabelsMissing", result.ErrorId);
        Assert.Contains("label", result.Error.Exception.Message);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void CamerasAreNeededWhereTheProtocolAsksForThem()
    {
        ScriptResult result = _session.Run("""
            $bare = @{ E = 1, 0; Id = 1 } | ConvertTo-FeatureMatrix E -Label Id -Role Query
            $bare, $gallery | Search-FeatureMatrix | Measure-RetrievalAccuracy -Protocol Market1501
            """);
        Assert.Equal("CamerasMissing", result.ErrorId);
        Assert.Contains("camera", result.Error.Exception.Message);
        Assert.Contains("Label", result.Error.Exception.Message);
    }

    [Fact]
    public void WithoutAValidQueryThereIsNothingToMeasure()
    {
        ScriptResult result = _session.Run("""
            $stranger = @{ E = 1, 0; Id = 99; Cam = 1 } | ConvertTo-FeatureMatrix E -Label Id -Camera Cam -Role Query
            $stranger, $gallery | Search-FeatureMatrix | Measure-RetrievalAccuracy
            """);
        Assert.Equal("NoValidQuery", result.ErrorId);
    }

    [Theory]
    [InlineData("Market1501", "DukeMTMC", "msmt17", "CUHK03-NP", "VeRi-776", "VeRi776")]
    [InlineData("VehicleId", "VehicleID", "vehicleid")]
    [InlineData("University1652", "University-1652", "university1652")]
    public void AProtocolIsNamedByItsDataSets(string expected, params string[] names)
    {
        foreach (string name in names)
        {
            Assert.Equal(expected, $"{_session.RunClean($"$ranking | Measure-RetrievalAccuracy -Protocol {name}")["Protocol"]}");
        }
    }

    [Fact]
    public void AnUnknownProtocolIsRefusedWithTheNamesThereAre()
    {
        ScriptResult result = _session.Run("$ranking | Measure-RetrievalAccuracy -Protocol Nothing");
        Assert.Contains("Cuhk03Classic", result.Error.Exception.Message);
        Assert.Contains("SOP", result.Error.Exception.Message);
    }

    [Theory]
    [InlineData("$truth")]
    [InlineData("[pscustomobject] @{ GroundTruth = $truth; Protocol = [GnnReRank.EvaluationProtocol]::RevisitedOxfordParis }")]
    public void ListsMeasureTheThreeSetups(string truth)
    {
        // The list is 0, 1, 2, 3; easy 1, hard 3, junk 0. Easy: 1 first, AP 1. Medium: 1, 2, 3: (1 + (1/2 + 2/3) / 2) / 2 = 19/24.
        // Hard: junk 0 and 1, left 2, 3: (0 + 1/2) / 2 = 1/4.
        ScriptResult result = _session.RunClean($$"""
            $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] @{ Easy = [int[]] 1; Hard = [int[]] 3; Junk = [int[]] 0 }, 4)
            $given = {{truth}}
            $protocol = if ($given -is [GnnReRank.GroundTruth]) { @{ Protocol = 'RParis6k' } } else { @{} }
            $ranking | Measure-RetrievalAccuracy @protocol -GroundTruth $given
            """);
        Assert.Equal(["Easy", "Medium", "Hard"], result.Output.Select(one => $"{one.Properties["Difficulty"].Value}"));
        double[] means = [.. result.Output.Select(one => (double)one.Properties["mAP"].Value)];
        Assert.Equal(1, means[0], 1e-12);
        Assert.Equal(19.0 / 24, means[1], 1e-12);
        Assert.Equal(0.25, means[2], 1e-12);
    }

    [Fact]
    public void ASetupMayBeAskedForAlone() => Assert.Equal("Hard", $"{_session.RunClean("""
        $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] @{ Easy = [int[]] 1; Hard = [int[]] 3 }, 4)
        $ranking | Measure-RetrievalAccuracy -Protocol ROxford5k -GroundTruth $truth -Difficulty Hard
        """)["Difficulty"]}");

    [Fact]
    public void WhatIsNoTruthIsRefused() =>
        Assert.Equal("NotAGroundTruth", _session.Run("$ranking | Measure-RetrievalAccuracy -Protocol Gldv2 -GroundTruth 7").ErrorId);

    [Fact]
    public void DrawsAndSeedAreTaken()
    {
        ScriptResult result = _session.RunClean("$ranking | Measure-RetrievalAccuracy -Protocol Cuhk03Classic -Draws 3 -Seed 9");
        Assert.Equal((3, 9), ((int)result["Draws"]!, (int)result["Seed"]!));
    }

    [Fact]
    public void ASetAgainstItselfHasFiguresOfItsOwn()
    {
        // Four rows at angles that grow: each one's nearest is its neighbour in order. Labels 2, 1, 2, 1; one other image each, R = 1.
        // Never first, so both figures are 0.
        ScriptResult result = _session.RunClean(
            "Search-FeatureMatrix $gallery $gallery -WarningAction Ignore | Measure-RetrievalAccuracy -Protocol SOP");
        Assert.Equal((0.0, 0.0), ((double)result["MapAtR"]!, (double)result["RPrecision"]!));
    }
}
