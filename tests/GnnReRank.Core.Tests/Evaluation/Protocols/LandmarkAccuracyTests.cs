namespace GnnReRank.Tests.Evaluation.Protocols;

/// <summary>Oxford and Paris, and their revisited forms, on cases small enough to work out on paper.</summary>
public sealed class LandmarkAccuracyTests
{
    private const int Digits = 12;

    [Fact]
    public void GoodAndOkArePositiveAndJunkLeavesTheList()
    {
        // List 0 1 2 3 4, junk 1: good 0 at rank 0, ok 3 at rank 2 (2 is negative). Trapezoids: (1 + (1/2 + 2/3) / 2) / 2 = 19/24.
        RetrievalAccuracy accuracy = Oxford(new QueryTruth { Easy = [0], Hard = [3], Junk = [1] }, 0, 1, 2, 3, 4);
        Assert.Equal(19.0 / 24, accuracy.mAP!.Value, Digits);
        Assert.Equal((ApKind.Trapezoid, QueryDivisor.Valid), (accuracy.ApKind, accuracy.Divisor));
        Assert.Equal(2.0 / 3, accuracy.mINP!.Value, Digits);
        Assert.Null(accuracy.Difficulty);
        Assert.Empty(accuracy.MeanPrecisions);
        Assert.Equal([1, 5, 10], accuracy.Ranks.Select(point => point.Rank));
    }

    [Fact]
    public void TheQueryImageInTheDataBaseCounts()
    {
        // The query is gallery image 2 and listed as good: it comes first. 4 follows at rank 2: (1 + (1/2 + 2/3) / 2) / 2.
        Assert.Equal(19.0 / 24, Oxford(new QueryTruth { Easy = [2, 4] }, 2, 0, 4, 1, 3).mAP!.Value, Digits);
    }

    [Fact]
    public void AQueryWithoutPositivesLeavesTheMean()
    {
        // The first query: its only image at rank 1, (0/1 + 1/2) / 2 = 1/4. The second has junk alone.
        Ranking ranking = HandRanking.OfImages(3, [1, 0, 2], [0, 1, 2]);
        GroundTruth truth = new([new QueryTruth { Easy = [0] }, new QueryTruth { Junk = [0] }], 3);
        RetrievalAccuracy accuracy = Measure(ranking, truth, EvaluationProtocol.OxfordParis);
        Assert.Equal(0.25, accuracy.mAP!.Value, Digits);
        Assert.Equal((2, 1), (accuracy.QueryCount, accuracy.ValidQueryCount));
        Assert.Null(accuracy.PerQuery[1].AveragePrecision);
        EvaluationSettings all = new() { Protocol = EvaluationProtocol.OxfordParis, GroundTruth = truth, Divisor = QueryDivisor.All };
        Assert.Equal(0.125, RetrievalEvaluator.Measure(ranking, all).mAP!.Value, Digits);
    }

    [Fact]
    public void ACutListIsMeasuredAsFarAsItGoes()
    {
        // Positives 0 and 4, list 0 1: (1 + 1) / 2 of the first, divided by min(2, 2).
        RetrievalAccuracy accuracy = Measure(
            HandRanking.OfImages(5, [0, 1]), new GroundTruth([new QueryTruth { Easy = [0, 4] }], 5), EvaluationProtocol.OxfordParis);
        Assert.Equal(("mAP@2", 0.5), (accuracy.MeanName, accuracy.mAPAtDepth));
        Assert.Null(accuracy.mAP);
        Assert.Null(accuracy.mINP);
    }

    [Fact]
    public void TheOtherKindOfPrecisionMayBeAskedFor()
    {
        EvaluationSettings settings = new()
        {
            Protocol = EvaluationProtocol.OxfordParis, ApKind = ApKind.Uninterpolated,
            GroundTruth = new GroundTruth([new QueryTruth { Easy = [0, 2] }], 3),
        };
        // (1 + 2/3) / 2.
        Assert.Equal(5.0 / 6, RetrievalEvaluator.Measure(HandRanking.OfImages(3, [0, 1, 2]), settings).mAP!.Value, Digits);
    }

    [Fact]
    public void TheThreeSetupsOfTheRevisitedBenchmarksComeTogether()
    {
        // List 3 0 4 1 2; easy 0, hard 1, junk 3.
        // Easy: junk 3 and 1, left 0 4 2: AP 1. P@1 = 1; kq = min(1, k) = 1 for all.
        // Medium: junk 3, left 0 4 1 2: ranks 0 and 2, (1 + (1/2 + 2/3) / 2) / 2 = 19/24. P@1 = 1, P@5 and P@10 within 3: 2/3.
        // Hard: junk 3 and 0, left 4 1 2: rank 1, (0 + 1/2) / 2 = 1/4. P@1 = 0, P@5 and P@10 within 2: 1/2.
        Ranking ranking = HandRanking.OfImages(5, [3, 0, 4, 1, 2]);
        GroundTruth truth = new([new QueryTruth { Easy = [0], Hard = [1], Junk = [3] }], 5);
        EvaluationSettings settings = new() { Protocol = EvaluationProtocol.RevisitedOxfordParis, GroundTruth = truth };
        IReadOnlyList<RetrievalAccuracy> all = RetrievalEvaluator.MeasureAll(ranking, settings);
        Assert.Equal([Difficulty.Easy, Difficulty.Medium, Difficulty.Hard], all.Select(accuracy => accuracy.Difficulty!.Value));
        Assert.Equal([1, 19.0 / 24, 1.0 / 4], all.Select(accuracy => accuracy.mAP!.Value), new Near());
        AssertPrecisions(all[0], 1, 1, 1);
        AssertPrecisions(all[1], 1, 2.0 / 3, 2.0 / 3);
        AssertPrecisions(all[2], 0, 0.5, 0.5);
        Assert.Equal(Difficulty.Medium, RetrievalEvaluator.Measure(ranking, settings).Difficulty);
        RetrievalAccuracy one = Assert.Single(RetrievalEvaluator.MeasureAll(ranking, settings with { Difficulty = Difficulty.Hard }));
        Assert.Equal(Difficulty.Hard, one.Difficulty);
        Assert.Contains("RevisitedOxfordParis Hard", one.ToString());
    }

    [Fact]
    public void AQueryWithoutPositivesLeavesBothMeansOfASetup()
    {
        // Hard: only the first query has an image, at rank 0: AP 1 and P@k 1. Easy: only the second, at rank 1: AP 1/4, P@1 = 0, then 1/2.
        Ranking ranking = HandRanking.OfImages(3, [0, 1, 2], [0, 1, 2]);
        GroundTruth truth = new([new QueryTruth { Hard = [0] }, new QueryTruth { Easy = [1] }], 3);
        EvaluationSettings settings = new() { Protocol = EvaluationProtocol.RevisitedOxfordParis, GroundTruth = truth };
        IReadOnlyList<RetrievalAccuracy> all = RetrievalEvaluator.MeasureAll(ranking, settings);
        Assert.Equal([1, 2, 1], all.Select(accuracy => accuracy.ValidQueryCount));
        Assert.Equal([0.25, 0.625, 1], all.Select(accuracy => accuracy.mAP!.Value), new Near());
        AssertPrecisions(all[0], 0, 0.5, 0.5);
        AssertPrecisions(all[1], 0.5, 0.75, 0.75);
        AssertPrecisions(all[2], 1, 1, 1);
    }

    [Fact]
    public void APrecisionBeyondACutListIsLeftOut()
    {
        // Three ranks of twelve, one of two positives found: P@1 is known; P@5 and P@10 are not, for the other may come within them.
        RetrievalAccuracy accuracy = Measure(
            HandRanking.OfImages(12, [1, 0, 2]), new GroundTruth([new QueryTruth { Easy = [0, 9] }], 12), EvaluationProtocol.RevisitedOxfordParis);
        Assert.Equal([new PrecisionAtRank(1, 0)], accuracy.MeanPrecisions);
        // Six ranks: P@5 is 1/5, though the last positive is not seen: it lies behind rank 5, so kq is 5.
        RetrievalAccuracy longer = Measure(
            HandRanking.OfImages(12, [1, 0, 2, 3, 4, 5]), new GroundTruth([new QueryTruth { Easy = [0, 9] }], 12),
            EvaluationProtocol.RevisitedOxfordParis);
        Assert.Equal([new PrecisionAtRank(1, 0), new PrecisionAtRank(5, 0.2)], longer.MeanPrecisions);
    }

    [Fact]
    public void ASetupBelongsToTheRevisitedBenchmarks()
    {
        EvaluationSettings settings = new() { Protocol = EvaluationProtocol.Label, Difficulty = Difficulty.Hard };
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => RetrievalEvaluator.Measure(HandRanking.Of([7], null, [7], null, [0]), settings));
        Assert.Equal("DifficultyNotUsed", error.ErrorId);
    }

    private static RetrievalAccuracy Oxford(QueryTruth truth, params int[] list) =>
        Measure(HandRanking.OfImages(list.Length, list), new GroundTruth([truth], list.Length), EvaluationProtocol.OxfordParis);

    private static RetrievalAccuracy Measure(Ranking ranking, GroundTruth truth, EvaluationProtocol protocol) =>
        RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = protocol, GroundTruth = truth });

    private static void AssertPrecisions(RetrievalAccuracy accuracy, params double[] expected)
    {
        Assert.Equal([1, 5, 10], accuracy.MeanPrecisions.Select(point => point.Rank));
        Assert.Equal(expected, accuracy.MeanPrecisions.Select(point => point.Precision), new Near());
    }
}
