namespace GnnReRank.Tests.Evaluation.Measuring;

/// <summary>Galleries of one random image an identity: CUHK03 before the new protocol, and VehicleID.</summary>
public sealed class SingleShotTests
{
    private const int Digits = 12;

    [Theory]
    [InlineData(ApKind.Uninterpolated, 0.5)] // 1/2
    [InlineData(ApKind.Trapezoid, 0.25)] // (0 + 1/2) / 2
    public void WithOneImageAnIdentityEveryDrawIsTheGallery(ApKind kind, double expected)
    {
        // 8, 7, 9: the match is second in every draw.
        Ranking ranking = HandRanking.Of([7], null, [8, 7, 9], null, [0, 1, 2]);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(
            ranking, new EvaluationSettings { Protocol = EvaluationProtocol.VehicleId, ApKind = kind, Seed = 5 });
        Assert.Equal(expected, accuracy.mAP!.Value, Digits);
        Assert.Equal([0, 1, 1], accuracy.Cmc, new Near());
        Assert.Equal((10, 5), (accuracy.Draws!.Value, accuracy.Seed!.Value));
        Assert.Equal(0.5, accuracy.mINP!.Value, Digits);
    }

    [Fact]
    public void OthersOfAnIdentityTakeOneRankTogether()
    {
        // 8 8 8 7: whichever 8 is drawn, the match is second; the curve has a rank for each of the two identities.
        RetrievalAccuracy accuracy = Measure(
            HandRanking.Of([7], null, [8, 8, 8, 7], null, [0, 1, 2, 3]), EvaluationProtocol.VehicleId);
        Assert.Equal([0, 1], accuracy.Cmc, new Near());
        Assert.Equal(0.5, accuracy.mAP!.Value, Digits);
        Assert.Equal(0, accuracy.PerQuery[0].Rank1);
        Assert.Null(accuracy.PerQuery[0].FirstMatchRank);
    }

    [Fact]
    public void JunkIsNeverDrawn()
    {
        // -1 comes first and leaves the list: the match is first of two identities.
        RetrievalAccuracy accuracy = Measure(HandRanking.Of([7], null, [-1, 7, 8], null, [0, 1, 2]), EvaluationProtocol.VehicleId);
        Assert.Equal([1, 1], accuracy.Cmc, new Near());
    }

    [Fact]
    public void TheQuerysOwnCameraIsNeverDrawn()
    {
        // Row 0 is the query's identity under its camera: the match is row 2, always, and 8 is before it.
        RetrievalAccuracy accuracy = Measure(
            HandRanking.Of([7], [1], [7, 8, 7], [1, 1, 2], [0, 1, 2]), EvaluationProtocol.Cuhk03Classic);
        Assert.Equal([0, 1], accuracy.Cmc, new Near());
        Assert.Equal((100, 1), (accuracy.Draws!.Value, accuracy.PerQuery[0].GoodCount));
    }

    [Fact]
    public void AQueryWithoutAMatchLeavesTheMean()
    {
        Ranking ranking = HandRanking.Of([7, 5], [1, 1], [7, 8], [2, 2], [0, 1], [0, 1]);
        Assert.Equal(1, Measure(ranking, EvaluationProtocol.Cuhk03Classic).mAP);
        EvaluationSettings all = new() { Protocol = EvaluationProtocol.Cuhk03Classic, Divisor = QueryDivisor.All };
        Assert.Equal(0.5, RetrievalEvaluator.Measure(ranking, all).mAP!.Value, Digits);
        Assert.Equal(0.5, RetrievalEvaluator.Measure(ranking, all).Rank1!.Value, Digits);
    }

    [Fact]
    public void AMatchBeyondACutIsNotFound()
    {
        // The list holds 8 and 9; the match is not in it. Two ranks are known, both without it.
        RetrievalAccuracy accuracy = Measure(HandRanking.Of([7], null, [8, 9, 7], null, [0, 1]), EvaluationProtocol.VehicleId);
        Assert.Equal([0, 0], accuracy.Cmc, new Near());
        Assert.Equal(("mAP@2", 0.0), (accuracy.MeanName, accuracy.mAPAtDepth!.Value));
        Assert.Null(accuracy.mINP);
    }

    [Fact]
    public void AVehicleThatIsDrawnSitsOutTheDraw()
    {
        // A set against itself, two images of 7 and one of 8; each 7 finds the other before the 8. Whichever 7 is drawn, the other asks,
        // and the lone 8 never does: three draws ask three times, each with a match at once.
        Ranking ranking = HandRanking.OfItself([7, 7, 8], [0, 1, 2], [1, 0, 2], [2, 0, 1]);
        EvaluationSettings settings = new() { Protocol = EvaluationProtocol.VehicleId, Draws = 3, Seed = 1 };
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(ranking, settings);
        Assert.Equal((1.0, 1.0), (accuracy.mAP!.Value, accuracy.Rank1!.Value));
        Assert.Equal(2, accuracy.ValidQueryCount);
        Assert.Equal(1, accuracy.PerQuery[0].GoodCount);
        // Of three times, over all: the lone 8 counts 0 in each draw, so 3 of 6.
        Assert.Equal(0.5, RetrievalEvaluator.Measure(ranking, settings with { Divisor = QueryDivisor.All }).Rank1!.Value, Digits);
    }

    // Of two images of a vehicle the one that is drawn never asks: it is no query that failed, whatever the divisor.
    [Fact]
    public void AVehicleThatSitsOutEveryDrawIsNotInTheInterval()
    {
        EvaluationSettings settings = new()
        {
            Protocol = EvaluationProtocol.VehicleId, Draws = 1, Divisor = QueryDivisor.All, Bootstrap = 500,
        };
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(HandRanking.OfItself([7, 7], [0, 1], [1, 0]), settings);
        Assert.Equal(1, accuracy.mAP);
        Assert.Equal(new ConfidenceInterval(1, 1, 0.95), accuracy.MeanInterval);
        Assert.Equal(new ConfidenceInterval(1, 1, 0.95), accuracy.Rank1Interval);
    }

    [Fact]
    public void ComparedDrawsDifferByTheDifferenceOfTheirMeans()
    {
        // Each vehicle's other image is first before, and behind the other vehicle after: 1 and 1/2 for the two that ask.
        EvaluationSettings settings = new() { Protocol = EvaluationProtocol.VehicleId, Draws = 1, Divisor = QueryDivisor.All };
        RetrievalAccuracy before = RetrievalEvaluator.Measure(
            HandRanking.OfItself([7, 7, 8, 8], [0, 1, 2, 3], [1, 0, 2, 3], [2, 3, 0, 1], [3, 2, 0, 1]), settings);
        RetrievalAccuracy after = RetrievalEvaluator.Measure(
            HandRanking.OfItself([7, 7, 8, 8], [0, 2, 3, 1], [1, 2, 3, 0], [2, 0, 1, 3], [3, 0, 1, 2]), settings);
        RetrievalComparison comparison = RetrievalComparer.Compare(before, after);
        Assert.Equal((1.0, 0.5), (comparison.MeanBefore, comparison.MeanAfter));
        Assert.Equal(-0.5, comparison.MeanDifference);
        Assert.Equal(2, comparison.LostCount);
    }

    [Theory]
    [InlineData(EvaluationProtocol.Cuhk03Classic)]
    [InlineData(EvaluationProtocol.VehicleId)]
    public void ManyDrawsComeToTheExpectedShare(EvaluationProtocol protocol)
    {
        // List 8 7 8 8 7: a 7 is drawn evenly of two, an 8 of three. The first 7 wins against two 8s of three, the second against none:
        // (1/2) (2/3) + (1/2) 0 = 1/3. 40,000 draws stray by 0.0024 at one standard deviation.
        Ranking ranking = HandRanking.Of([7], [1], [8, 7, 8, 8, 7], [2, 2, 2, 2, 2], [0, 1, 2, 3, 4]);
        EvaluationSettings settings = new() { Protocol = protocol, Draws = 40_000, Seed = 3 };
        Assert.Equal(1.0 / 3, RetrievalEvaluator.Measure(ranking, settings).Rank1!.Value, 0.01);
    }

    [Fact]
    public void ASeedGivesItsOwnDrawsOnAnyNumberOfThreads()
    {
        Random random = new(4);
        long[] labels = [.. Enumerable.Range(0, 200).Select(row => (long)(row % 20))];
        int[] cameras = [.. labels.Select(_ => random.Next(2))];
        int[] order = [.. Enumerable.Range(0, 200)];
        int[][] lists = [.. Enumerable.Range(0, 100).Select(_ => { random.Shuffle(order); return order.ToArray(); })];
        Ranking ranking = HandRanking.Of([.. labels.Take(100)], [.. cameras.Take(100)], labels, cameras, lists);
        foreach (EvaluationProtocol protocol in (EvaluationProtocol[])[EvaluationProtocol.Cuhk03Classic, EvaluationProtocol.VehicleId])
        {
            EvaluationSettings settings = new() { Protocol = protocol, Draws = 3, Seed = 8 };
            RetrievalAccuracy one = RetrievalEvaluator.Measure(ranking, settings, new ComputeOptions { ThrottleLimit = 1 });
            RetrievalAccuracy four = RetrievalEvaluator.Measure(ranking, settings, new ComputeOptions { ThrottleLimit = 4 });
            Assert.Equal(one.mAP, four.mAP);
            Assert.Equal(one.Cmc, four.Cmc);
            Assert.NotEqual(one.mAP, RetrievalEvaluator.Measure(ranking, settings with { Seed = 9 }).mAP);
        }
    }

    [Theory]
    [InlineData(EvaluationProtocol.VehicleId, 0, "InvalidDraws")]
    [InlineData(EvaluationProtocol.Label, 5, "DrawsNotUsed")]
    public void DrawsThatMakeNoSenseAreRefused(EvaluationProtocol protocol, int draws, string errorId) => Assert.Equal(
        errorId,
        Assert.Throws<GnnReRankException>(() => RetrievalEvaluator.Measure(
            HandRanking.Of([7], null, [7, 8], null, [0, 1]), new EvaluationSettings { Protocol = protocol, Draws = draws })).ErrorId);

    private static RetrievalAccuracy Measure(Ranking ranking, EvaluationProtocol protocol) =>
        RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = protocol });
}
