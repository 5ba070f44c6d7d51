namespace GnnReRank.Tests.Evaluation.Protocols;

/// <summary>Google Landmarks v2: mAP@100 over all queries, each divided by min(n, 100).</summary>
public sealed class Gldv2AccuracyTests
{
    private const int Digits = 12;
    private const int Gallery = 200;

    [Fact]
    public void OnlyAHundredPredictionsCount()
    {
        // Positives at ranks 1, 3 and 150 (1-based): (1/1 + 2/3) / 3. The last is beyond the hundred, and still divides.
        RetrievalAccuracy accuracy = Measure([0, 2, 149]);
        Assert.Equal((1 + (2.0 / 3)) / 3, accuracy.mAPAtDepth!.Value, Digits);
        Assert.Null(accuracy.mAP);
        Assert.Null(accuracy.mINP);
        Assert.Equal(("mAP@100", 100, 1.0), (accuracy.MeanName, accuracy.Depth, accuracy.Rank1));
        Assert.Equal((ApKind.Uninterpolated, QueryDivisor.All), (accuracy.ApKind, accuracy.Divisor));
    }

    [Fact]
    public void RankOneHundredCountsAndTheNextDoesNot()
    {
        Assert.Equal(1.0 / 100, Measure([99]).mAPAtDepth!.Value, Digits);
        RetrievalAccuracy beyond = Measure([100]);
        Assert.Equal(0, beyond.mAPAtDepth);
        Assert.Null(beyond.PerQuery[0].FirstMatchRank);
        Assert.Equal(100, beyond.Cmc.Count);
    }

    [Fact]
    public void MoreThanAHundredPositivesAreDividedByAHundred() =>
        // All of 150 come first: 100 precisions of 1, divided by 100.
        Assert.Equal(1, Measure(Enumerable.Range(0, 150)).mAPAtDepth!.Value, Digits);

    [Fact]
    public void AQueryWithoutPositivesCountsAsZero()
    {
        int[] list = [.. Enumerable.Range(0, Gallery)];
        GroundTruth truth = new([new QueryTruth { Easy = [1] }, new QueryTruth()], Gallery);
        EvaluationSettings settings = new() { Protocol = EvaluationProtocol.Gldv2, GroundTruth = truth };
        Ranking ranking = HandRanking.OfImages(Gallery, list, list);
        Assert.Equal(0.25, RetrievalEvaluator.Measure(ranking, settings).mAPAtDepth!.Value, Digits); // (1/2 + 0) / 2
        Assert.Equal(0.5, RetrievalEvaluator.Measure(ranking, settings with { Divisor = QueryDivisor.Valid }).mAPAtDepth!.Value, Digits);
    }

    [Fact]
    public void AShortListIsNamedAfterItsLength()
    {
        // Two ranks, one of three positives among them: 1/2, divided by min(3, 2).
        GroundTruth truth = new([new QueryTruth { Easy = [1, 5, 6] }], Gallery);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(
            HandRanking.OfImages(Gallery, [0, 1]), new EvaluationSettings { Protocol = EvaluationProtocol.Gldv2, GroundTruth = truth });
        Assert.Equal(("mAP@2", 0.25), (accuracy.MeanName, accuracy.mAPAtDepth));
    }

    [Fact]
    public void ASmallGalleryIsStillMeasuredAtAHundred()
    {
        GroundTruth truth = new([new QueryTruth { Easy = [0, 2] }], 3);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(
            HandRanking.OfImages(3, [0, 1, 2]), new EvaluationSettings { Protocol = EvaluationProtocol.Gldv2, GroundTruth = truth });
        Assert.Equal("mAP@100", accuracy.MeanName);
        Assert.Equal((1 + (2.0 / 3)) / 2, accuracy.mAPAtDepth!.Value, Digits);
        Assert.Equal(2.0 / 3, accuracy.mINP!.Value, Digits);
    }

    private static RetrievalAccuracy Measure(IEnumerable<int> positives) => RetrievalEvaluator.Measure(
        HandRanking.OfImages(Gallery, [.. Enumerable.Range(0, Gallery)]),
        new EvaluationSettings
        {
            Protocol = EvaluationProtocol.Gldv2, GroundTruth = new GroundTruth([new QueryTruth { Easy = [.. positives] }], Gallery),
        });
}
