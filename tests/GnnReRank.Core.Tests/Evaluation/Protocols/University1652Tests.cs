namespace GnnReRank.Tests.Evaluation.Protocols;

/// <summary>University-1652: no cameras, all queries count, and recall at one percent of the gallery.</summary>
public sealed class University1652Tests
{
    [Theory]
    // 0-based index round(0.01 n), halves to even as Python rounds: the image at that index is the last that counts.
    [InlineData(951, 10)] // 9.51
    [InlineData(150, 2)] // 1.5
    [InlineData(250, 2)] // 2.5
    [InlineData(350, 4)] // 3.5
    [InlineData(50, 0)] // 0.5
    [InlineData(40, 0)] // 0.4
    public void OnePercentIsAnIndexAsPythonRoundsIt(int gallery, int index)
    {
        Assert.Equal(1, Measure(gallery, matchAt: index).RecallAtOnePercent);
        Assert.Equal(0, Measure(gallery, matchAt: index + 1).RecallAtOnePercent);
    }

    [Fact]
    public void OnePercentCountsTheJunkOfTheGallery()
    {
        // 150 images, one of them junk and first: the index is of the whole gallery, 2; the ranks are of what is left.
        long[] labels = [-1, .. Enumerable.Repeat(8L, 149)];
        labels[3] = 7;
        Ranking ranking = HandRanking.Of([7], null, labels, null, [.. Enumerable.Range(0, 150)]);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(ranking, Settings);
        Assert.Equal(3, accuracy.PerQuery[0].FirstMatchRank);
        Assert.Equal(1, accuracy.RecallAtOnePercent);
    }

    [Fact]
    public void AllQueriesCount()
    {
        // The second query has no image: means of 1 and 0.
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(HandRanking.Of([7, 9], null, [7, 8], null, [0, 1], [0, 1]), Settings);
        Assert.Equal((0.5, 0.5, 0.5), (accuracy.mAP, accuracy.Rank1, accuracy.RecallAtOnePercent));
        Assert.Equal((ApKind.Trapezoid, QueryDivisor.All), (accuracy.ApKind, accuracy.Divisor));
        Assert.Equal([1, 5, 10], accuracy.Ranks.Select(point => point.Rank));
    }

    [Fact]
    public void CamerasAreNoConcern() =>
        Assert.Equal(1, RetrievalEvaluator.Measure(HandRanking.Of([7], [1], [7, 8], [1, 1], [0, 1]), Settings).Rank1);

    [Fact]
    public void TwoImagesOfABuildingMakeTrapezoids() =>
        // Negative, good, negative, good: ((0 + 1/2) / 2 + (1/3 + 2/4) / 2) / 2 = 1/3.
        Assert.Equal(1.0 / 3, RetrievalEvaluator.Measure(HandRanking.Of([7], null, [1, 7, 2, 7], null, [0, 1, 2, 3]), Settings).mAP!.Value, 12);

    [Fact]
    public void ACutListThatEndsBeforeOnePercentSaysNothing()
    {
        // Index 3 of 300 images, two ranks.
        long[] labels = [.. Enumerable.Range(0, 300).Select(row => (long)row)];
        Assert.Null(RetrievalEvaluator.Measure(HandRanking.Of([7], null, labels, null, [0, 1]), Settings).RecallAtOnePercent);
        Assert.Equal(0, RetrievalEvaluator.Measure(HandRanking.Of([7], null, labels, null, [0, 1, 2, 3]), Settings).RecallAtOnePercent);
    }

    [Fact]
    public void OtherProtocolsHaveNone() => Assert.Null(RetrievalEvaluator.Measure(
        HandRanking.Of([7], null, [7, 8], null, [0, 1]), new EvaluationSettings { Protocol = EvaluationProtocol.Label }).RecallAtOnePercent);

    private static EvaluationSettings Settings { get; } = new() { Protocol = EvaluationProtocol.University1652 };

    private static RetrievalAccuracy Measure(int gallery, int matchAt)
    {
        long[] labels = [.. Enumerable.Range(0, gallery).Select(row => row == matchAt ? 7L : 8)];
        return RetrievalEvaluator.Measure(HandRanking.Of([7], null, labels, null, [.. Enumerable.Range(0, gallery)]), Settings);
    }
}
