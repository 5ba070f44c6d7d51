namespace GnnReRank.Tests.Evaluation.Protocols;

/// <summary>A set against itself, as SOP, CUB and Cars are measured.</summary>
public sealed class LeaveOneOutTests
{
    private const int Digits = 12;

    [Fact]
    public void AnImageDoesNotFindItself()
    {
        // Labels 1 1 1 2; query 0 ranks itself, 3, 1, 2. Without itself: negative, good, good; R = 2.
        // R-precision 1/2; MAP@R (1/2) / 2 = 1/4; AP (1/2 + 2/3) / 2 = 7/12; first match at rank 2.
        RetrievalAccuracy accuracy = Measure([1, 1, 1, 2], [0, 3, 1, 2], [1, 0, 2, 3], [2, 0, 1, 3], [3, 0, 1, 2]);
        QueryAccuracy first = accuracy.PerQuery[0];
        Assert.Equal((2, 2), (first.GoodCount, first.FirstMatchRank!.Value));
        Assert.Equal(0.5, first.RPrecision!.Value, Digits);
        Assert.Equal(0.25, first.MapAtR!.Value, Digits);
        Assert.Equal(7.0 / 12, first.AveragePrecision!.Value, Digits);
        // Queries 1 and 2 are perfect, query 3 has no other of its class and leaves the mean.
        Assert.Equal((4, 3), (accuracy.QueryCount, accuracy.ValidQueryCount));
        Assert.Equal(2.5 / 3, accuracy.RPrecision!.Value, Digits);
        Assert.Equal(2.25 / 3, accuracy.MapAtR!.Value, Digits);
        Assert.Equal(((7.0 / 12) + 2) / 3, accuracy.mAP!.Value, Digits);
        Assert.Equal([2.0 / 3, 1, 1], accuracy.Cmc, new Near());
        Assert.Equal((ApKind.Uninterpolated, QueryDivisor.Valid), (accuracy.ApKind, accuracy.Divisor));
    }

    [Fact]
    public void ItIsWhatASetAgainstItselfIsMeasuredByAndLabelsLeaveItOutToo()
    {
        // Every image first finds itself, which says nothing, and then a wrong one.
        Ranking ranking = HandRanking.OfItself([1, 2, 1, 2], [0, 1, 2, 3], [1, 0, 3, 2], [2, 1, 0, 3], [3, 0, 1, 2]);
        RetrievalAccuracy usual = RetrievalEvaluator.Measure(ranking);
        Assert.Equal((EvaluationProtocol.LeaveOneOut, 0.0), (usual.Protocol, usual.Rank1!.Value));
        RetrievalAccuracy byLabel = RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = EvaluationProtocol.Label });
        Assert.Equal((0.0, 4), (byLabel.Rank1!.Value, byLabel.OwnImageCount));
    }

    [Fact]
    public void ItIsLeftOutWhereverItStands()
    {
        // Query 0 comes third in its own list: good, negative, (itself), good. R = 2: R-precision 1/2, MAP@R (1/1) / 2.
        RetrievalAccuracy accuracy = Measure([1, 1, 2, 1], [1, 2, 0, 3], [1, 0, 3, 2], [2, 0, 1, 3], [3, 0, 1, 2]);
        Assert.Equal(0.5, accuracy.PerQuery[0].RPrecision!.Value, Digits);
        Assert.Equal(0.5, accuracy.PerQuery[0].MapAtR!.Value, Digits);
        Assert.Equal(2.0 / 3, accuracy.PerQuery[0].InversePenalty!.Value, Digits);
    }

    [Fact]
    public void RecallIsShownAtTheRanksThatListsReach()
    {
        int[] rest = [.. Enumerable.Range(0, 12)];
        RetrievalAccuracy accuracy = Measure([.. rest.Select(row => (long)(row % 3))], [.. rest.Select(_ => rest)]);
        // Twelve images, eleven others.
        Assert.Equal(11, accuracy.Cmc.Count);
        Assert.Equal([1, 2, 4, 8, 10], accuracy.Ranks.Select(point => point.Rank));
    }

    [Fact]
    public void AListShorterThanRIsSaidToBeUnknown()
    {
        // R = 3; the list of three loses itself, so two ranks are known: no R-precision, but recall is.
        RetrievalAccuracy accuracy = Measure([1, 1, 1, 1], [0, 1, 2], [1, 0, 2], [2, 0, 1], [3, 0, 1]);
        Assert.Null(accuracy.MapAtR);
        Assert.Null(accuracy.RPrecision);
        Assert.Equal(1, accuracy.Rank1);
        Assert.Equal("mAP@3", accuracy.MeanName);
    }

    [Fact]
    public void AListThatHoldsRRanksIsEnough()
    {
        // R = 2, three entries: itself and two. Query 0: good, negative: 1/2 and (1/1) / 2. The others: the same by their lists.
        RetrievalAccuracy accuracy = Measure([1, 1, 1, 2], [0, 1, 3], [1, 0, 3], [2, 0, 3], [3, 0, 1]);
        Assert.Equal(0.5, accuracy.RPrecision!.Value, Digits);
        Assert.Equal(0.5, accuracy.MapAtR!.Value, Digits);
    }

    [Fact]
    public void AnOwnImageThatIsJunkToAllStaysJunkForTheNextQuery()
    {
        // Row 0 is query 0's own and labelled -1. Query 1, measured after it by the same thread, finds row 2 first once row 0 is gone.
        Ranking ranking = HandRanking.Of(
            HandRanking.Named([1, 1], ["a", "b"]), HandRanking.Named([-1, 1, 1], ["a", "b", "c"], first: 5), [0, 1, 2], [0, 2, 1]);
        Assert.Equal(1, RetrievalEvaluator.Measure(ranking, Settings, new ComputeOptions { ThrottleLimit = 1 }).Rank1);
    }

    [Fact]
    public void AJunkLabelIsNeitherQueryNorAnswer()
    {
        // Row 1 is junk: query 0 sees only 2, which is good. Query 1 has no class.
        RetrievalAccuracy accuracy = Measure([1, -1, 1], [0, 1, 2], [1, 0, 2], [2, 1, 0]);
        Assert.Equal(2, accuracy.ValidQueryCount);
        Assert.Equal(1, accuracy.MapAtR!.Value, Digits);
        Assert.Equal(1, accuracy.Rank1);
    }

    [Fact]
    public void OwnImagesAreFoundByName()
    {
        // The query "b" is gallery row 0: without it, row 1 (good) is first.
        FeatureMatrix query = HandRanking.Named([1], ["b"], first: 9);
        FeatureMatrix gallery = HandRanking.Named([1, 1, 2], ["b", "a", "c"]);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(HandRanking.Of(query, gallery, [0, 2, 1]), Settings);
        Assert.Equal((1, 2), (accuracy.PerQuery[0].GoodCount, accuracy.PerQuery[0].FirstMatchRank!.Value));
    }

    [Fact]
    public void EqualNamesOrEqualValuesMakeTheSameRows()
    {
        // Row 0 is its own image in both: the first match is row 1, at rank 1.
        FeatureMatrix named = HandRanking.Named([1, 1], ["a", "a"]);
        FeatureMatrix alike = HandRanking.Named([1, 1], ["a", "a"], first: 5);
        Assert.Equal(1, RetrievalEvaluator.Measure(HandRanking.Of(named, alike, [0, 1], [1, 0]), Settings).Rank1);
        FeatureMatrix bare = HandRanking.Named([1, 1], null);
        FeatureMatrix equal = HandRanking.Named([1, 1], null);
        Assert.Equal(1, RetrievalEvaluator.Measure(HandRanking.Of(bare, equal, [0, 1], [1, 0]), Settings).Rank1);
    }

    [Theory]
    [InlineData(null, null, "not both have names")]
    [InlineData("x", "a b c", "No gallery row is named 'x' as query 0 is, nor any other")]
    [InlineData("a", "a b a", "Several gallery rows are named 'a'")]
    public void AnOwnImageThatCannotBeToldIsAnError(string? queryName, string? galleryNames, string message)
    {
        FeatureMatrix query = HandRanking.Named([1], queryName?.Split(' '), first: 9);
        FeatureMatrix gallery = HandRanking.Named([1, 1, 2], galleryNames?.Split(' '));
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => RetrievalEvaluator.Measure(HandRanking.Of(query, gallery, [0, 1, 2]), Settings));
        Assert.Equal("OwnImageUnknown", error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    private static EvaluationSettings Settings { get; } = new() { Protocol = EvaluationProtocol.LeaveOneOut };

    private static RetrievalAccuracy Measure(long[] labels, params int[][] lists) =>
        RetrievalEvaluator.Measure(HandRanking.OfItself(labels, lists), Settings);
}
