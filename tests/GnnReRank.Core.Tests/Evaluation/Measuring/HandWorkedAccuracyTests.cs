namespace GnnReRank.Tests.Evaluation.Measuring;

/// <summary>Cases small enough to work out on paper; the sums stand beside them.</summary>
public sealed class HandWorkedAccuracyTests
{
    private const int Digits = 12;

    [Theory]
    [InlineData(ApKind.Trapezoid, 19.0 / 24)] // (1 + (1/2 + 2/3) / 2) / 2
    [InlineData(ApKind.Uninterpolated, 5.0 / 6)] // (1 + 2/3) / 2
    public void GoodNegativeGood(ApKind kind, double expected)
    {
        Ranking ranking = HandRanking.Of([7], null, [7, 8, 7], null, [0, 1, 2]);
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Label, kind);
        Assert.Equal(expected, accuracy.mAP!.Value, Digits);
        Assert.Equal(2.0 / 3, accuracy.mINP!.Value, Digits);
        Assert.Equal([1.0, 1.0, 1.0], accuracy.Cmc);
    }

    [Theory]
    [InlineData(ApKind.Trapezoid, 1.0 / 3)] // ranks 1 and 3, 0-based: ((0 + 1/2) / 2 + (1/3 + 2/4) / 2) / 2
    [InlineData(ApKind.Uninterpolated, 0.5)] // (1/2 + 2/4) / 2
    public void TheFirstImageIsWrong(ApKind kind, double expected)
    {
        Ranking ranking = HandRanking.Of([7], null, [1, 7, 2, 7], null, [0, 1, 2, 3]);
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Label, kind);
        Assert.Equal(expected, accuracy.mAP!.Value, Digits);
        Assert.Equal([0.0, 1.0, 1.0, 1.0], accuracy.Cmc);
    }

    [Fact]
    public void JunkIsRemovedBeforeRanksAreCounted()
    {
        // Row 0: same label, same camera. Row 1: label -1. Then good, negative, good, as in the first case.
        Ranking ranking = HandRanking.Of([7], [1], [7, -1, 7, 8, 7], [1, 2, 2, 1, 3], [0, 1, 2, 3, 4]);
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Market1501);
        Assert.Equal(19.0 / 24, accuracy.mAP!.Value, Digits);
        Assert.Equal(1.0, accuracy.Rank1);
        Assert.Equal(2, accuracy.PerQuery[0].GoodCount);
        Assert.Equal(2.0 / 3, accuracy.PerQuery[0].InversePenalty);
    }

    [Fact]
    public void TheLabelProtocolHasNoCameraRule()
    {
        Ranking ranking = HandRanking.Of([7], [1], [7, 8], [1, 1], [0, 1]);
        Assert.Equal(1.0, Measure(ranking, EvaluationProtocol.Label).mAP);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Measure(ranking, EvaluationProtocol.Market1501));
        Assert.Equal("NoValidQuery", error.ErrorId);
    }

    [Fact]
    public void CamerasDecideTheDefaultProtocol()
    {
        Assert.Equal(
            EvaluationProtocol.Market1501,
            RetrievalEvaluator.Measure(HandRanking.Of([7], [1], [7], [2], [0])).Protocol);
        Assert.Equal(EvaluationProtocol.Label, RetrievalEvaluator.Measure(HandRanking.Of([7], [1], [7], null, [0])).Protocol);
    }

    [Fact]
    public void DistractorsOfLabelZeroStayAsNegatives()
    {
        Ranking ranking = HandRanking.Of([7], [1], [0, 7], [2, 2], [0, 1]);
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Market1501);
        Assert.Equal(0.0, accuracy.Rank1);
        Assert.Equal((0 + 0.5) / 2, accuracy.mAP!.Value, Digits);
    }

    [Theory]
    [InlineData(QueryDivisor.Valid, 1.0)]
    [InlineData(QueryDivisor.All, 0.5)]
    public void AQueryWithoutAGoodImageCountsOnlyWhereAllDo(QueryDivisor divisor, double expected)
    {
        Ranking ranking = HandRanking.Of([7, 9], null, [7, 8], null, [0, 1], [0, 1]);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(
            ranking, new EvaluationSettings { Protocol = EvaluationProtocol.Label, Divisor = divisor });
        Assert.Equal(expected, accuracy.mAP);
        Assert.Equal(expected, accuracy.Rank1);
        Assert.Equal(expected, accuracy.mINP);
        Assert.Equal((2, 1), (accuracy.QueryCount, accuracy.ValidQueryCount));
        Assert.False(accuracy.PerQuery[1].IsValid);
        Assert.Null(accuracy.PerQuery[1].AveragePrecision);
    }

    [Fact]
    public void AJunkLabelMatchesNothing()
    {
        Ranking ranking = HandRanking.Of([-1, 7], null, [-1, 7], null, [0, 1], [0, 1]);
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Label);
        Assert.Equal(1, accuracy.ValidQueryCount);
        Assert.Equal(1.0, accuracy.mAP);
    }

    [Fact]
    public void ACutListIsMeasuredUnderItsOwnName()
    {
        // Three good images, two ranks: good, negative. AP@2 = 1 / min(3, 2).
        Ranking ranking = HandRanking.Of([7], null, [7, 8, 7, 7], null, [0, 1]);
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Label);
        Assert.Null(accuracy.mAP);
        Assert.Equal("mAP@2", accuracy.MeanName);
        Assert.Equal(0.5, accuracy.mAPAtDepth!.Value, Digits);
        Assert.Null(accuracy.mINP);
        Assert.Null(accuracy.Rank5);
    }

    [Fact]
    public void TheCurveOfCutListsEndsWhereJunkLeavesThemShort()
    {
        // Junk leaves this list one image of two: whether rank 2 would match is not known.
        Ranking ranking = HandRanking.Of([7], [1], [7, 8, 7], [1, 2, 2], [0, 1]);
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Market1501);
        Assert.Equal([0.0], accuracy.Cmc);
        Assert.Equal(0.0, accuracy.mAPAtDepth);
    }

    [Fact]
    public void TheCurveRisesWithEachFirstMatch()
    {
        Ranking ranking = HandRanking.Of([1, 2, 3], null, [1, 2, 3], null, [0, 1, 2], [0, 1, 2], [0, 1, 2]);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Ranks = [2, 3] });
        Assert.Equal([1.0 / 3, 2.0 / 3, 1.0], accuracy.Cmc);
        Assert.Equal([1, 2, 3, 5, 10, 20], accuracy.Ranks.Select(point => point.Rank));
        Assert.Equal([1.0 / 3, 2.0 / 3, 1.0, null, null, null], accuracy.Ranks.Select(point => point.Cmc));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ARankOutsideTheListsIsRefused(int rank)
    {
        Ranking ranking = HandRanking.Of([7], null, [7, 8], null, [0, 1]);
        Assert.Equal(
            "RankOutOfRange",
            Assert.Throws<GnnReRankException>(() => RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Ranks = [rank] })).ErrorId);
    }

    [Fact]
    public void MissingLabelsAndCamerasAreNamed()
    {
        FeatureMatrix bare = new([1], 1, 1);
        RowBlocks<int> indices = new(1, 1);
        indices[0][0] = 0;
        RowBlocks<float> scores = new(1, 1);
        Ranking ranking = new(bare, bare, indices, scores, new CosineSettings());
        GnnReRankException labels = Assert.Throws<GnnReRankException>(() => RetrievalEvaluator.Measure(ranking));
        Assert.Equal("LabelsMissing", labels.ErrorId);
        Assert.Contains("query", labels.Message);
        GnnReRankException cameras = Assert.Throws<GnnReRankException>(
            () => Measure(HandRanking.Of([7], [1], [7], null, [0]), EvaluationProtocol.Market1501));
        Assert.Equal("CamerasMissing", cameras.ErrorId);
        Assert.Contains("gallery", cameras.Message);
    }

    private static RetrievalAccuracy Measure(Ranking ranking, EvaluationProtocol protocol, ApKind kind = ApKind.Trapezoid) =>
        RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = protocol, ApKind = kind });
}
