namespace GnnReRank.Tests.Evaluation.Inspection;

/// <summary>Heads of lists written by hand.</summary>
public sealed class RankingInspectorTests
{
    // Query of identity 7 under camera 1. Gallery: 0 is its identity under its camera, so junk; 1 is a junk image; 2 another
    // identity; 3 and 4 are good.
    private static readonly long[] s_labels = [7, -1, 5, 7, 7];
    private static readonly int[] s_cameras = [1, 2, 2, 2, 3];
    private static readonly Ranking s_now = HandRanking.Of([7], [1], s_labels, s_cameras, [0, 3, 1, 2, 4]);
    private static readonly Ranking s_before = HandRanking.Of([7], [1], s_labels, s_cameras, [2, 3, 4, 1, 0]);

    [Fact]
    public void MarksFollowTheProtocol()
    {
        RankedQuery market = One(s_now, 5);
        Assert.Equal(
            [Relevance.Junk, Relevance.Good, Relevance.Junk, Relevance.Negative, Relevance.Good],
            market.Images.Select(image => image.Relevance!.Value));
        Assert.Equal(["~ junk", "+ good", "~ junk", "x wrong", "+ good"], market.Images.Select(image => image.Mark));
        RankedQuery label = One(s_now, 5, new EvaluationSettings { Protocol = EvaluationProtocol.Label });
        Assert.Equal("++~x+", string.Concat(label.Images.Select(image => image.Mark[0])));
    }

    [Fact]
    public void AnImageSaysAllThatIsKnownOfIt()
    {
        RankedImage image = One(s_now, 2, before: s_before).Images[1];
        Assert.Equal((2, 2, 3, 7L, 2), (image.Rank, image.RankBefore!.Value, image.GalleryIndex, image.GalleryLabel!.Value, image.GalleryCamera!.Value));
        Assert.Equal(0.5f, image.Score);
        Assert.Equal("2: gallery 3 + good", image.ToString());
    }

    // Without junk the list is good, wrong, good. Trapezoids: (1 + 1) / 2 / 2 + (1/2 + 2/3) / 2 / 2 = 19/24. Before: wrong, good,
    // good: (0 + 1/2) / 4 + (1/2 + 2/3) / 4 = 5/12.
    [Fact]
    public void PrecisionIsThatOfTheWholeListAsMeasured()
    {
        RankedQuery query = One(s_now, 1, before: s_before);
        Assert.Equal(19.0 / 24, query.AveragePrecision!.Value, 1e-15);
        Assert.Equal(5.0 / 12, query.AveragePrecisionBefore!.Value, 1e-15);
        Assert.Equal(RetrievalEvaluator.Measure(s_now).mAP, query.AveragePrecision);
        Assert.Equal((2, 1), (query.GoodCount!.Value, query.FirstMatchRank!.Value));
        Assert.Equal([1, 2], query.Images.Select(image => image.Rank));
    }

    [Fact]
    public void PlacesBeforeAreThoseOfTheOtherList()
    {
        Assert.Equal([5, 2, 4, 1, 3], One(s_now, 5, before: s_before).Images.Select(image => image.RankBefore!.Value));
        Ranking cut = HandRanking.Of([7], [1], s_labels, s_cameras, [2, 3]);
        Assert.Equal([null, 2, null, 1, null], One(s_now, 5, before: cut).Images.Select(image => image.RankBefore));
    }

    // Rows 0 and 1 are junk: 3 is the first that is not, at place 3.
    [Theory]
    [InlineData(1, "0~ 3+")]
    [InlineData(2, "0~ 1~ 3+")]
    [InlineData(3, "0~ 1~ 3+")]
    [InlineData(4, "0~ 1~ 3+ 2x")]
    public void AListThatBeginsWithJunkGoesOnToTheFirstImageThatIsNot(int top, string expected)
    {
        Ranking ranking = HandRanking.Of([7], [1], s_labels, s_cameras, [0, 1, 3, 2, 4]);
        IReadOnlyList<RankedImage> images = One(ranking, top).Images;
        Assert.Equal(expected, string.Join(' ', images.Select(image => $"{image.GalleryIndex}{image.Mark[0]}")));
        Assert.Equal(3, images[^(top == 4 ? 2 : 1)].Rank);
        Assert.All(One(ranking, top, before: ranking).Images, image => Assert.Equal(image.Rank, image.RankBefore));
    }

    [Fact]
    public void AListOfJunkAloneAndOneWithoutMarksEndAtTheTop()
    {
        Assert.Equal([0], One(HandRanking.Of([7], [1], s_labels, s_cameras, [0, 1]), 1).Images.Select(image => image.GalleryIndex));
        Assert.Equal([0, 1], One(HandRanking.Of([7], [1], s_labels, s_cameras, [0, 1]), 5).Images.Select(image => image.GalleryIndex));
        Assert.Equal([0, 1], One(Bare([0, 1, 2, 3, 4]), 2).Images.Select(image => image.GalleryIndex));
    }

    [Fact]
    public void GroundTruthMarksWithoutLabels()
    {
        GroundTruth truth = new([new QueryTruth { Easy = [3], Hard = [4], Junk = [0] }], 5);
        EvaluationSettings hard = new() { Protocol = EvaluationProtocol.RevisitedOxfordParis, Difficulty = Difficulty.Hard, GroundTruth = truth };

        // Hard: easy positives are junk.
        Assert.Equal("~~xx+", string.Concat(One(Bare([0, 3, 1, 2, 4]), 5, hard).Images.Select(image => image.Mark[0])));
    }

    [Fact]
    public void WithoutLabelsThereAreNoMarks()
    {
        RankedQuery query = One(Bare([0, 1, 2, 3, 4]), 3);
        Assert.All(query.Images, image => Assert.Null(image.Relevance));
        Assert.All(query.Images, image => Assert.Equal(string.Empty, image.Mark));
        Assert.Null(query.AveragePrecision);
        Assert.Equal("query 0: ???", query.ToString());
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => One(Bare([0, 1, 2, 3, 4]), 3, new EvaluationSettings { Protocol = EvaluationProtocol.Label }));
        Assert.Equal("LabelsMissing", error.ErrorId);
    }

    [Fact]
    public void AnotherGalleryIsRefusedAndSaysWhatDiffers()
    {
        GnnReRankException labels = Assert.Throws<GnnReRankException>(
            () => One(s_now, 1, before: HandRanking.Of([7], [1], [7, 7, 7, 7, 7], s_cameras, [0, 1, 2, 3, 4])));
        Assert.Equal("OtherImages", labels.ErrorId);
        Assert.Contains("other labels (gallery)", labels.Message);
        GnnReRankException rows = Assert.Throws<GnnReRankException>(
            () => One(s_now, 1, before: HandRanking.Of([7, 7], [1, 1], s_labels, s_cameras, [0], [0])));
        Assert.Contains("2 rows, and now 1 (queries)", rows.Message);
    }

    [Fact]
    public void WhatIsOutsideTheRankingIsRefusedAtOnce()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingInspector.Inspect(s_now, [1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingInspector.Inspect(s_now, [-1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingInspector.Inspect(s_now, [0], 0));
    }

    private static RankedQuery One(Ranking ranking, int top, EvaluationSettings? settings = null, Ranking? before = null) =>
        Assert.Single(RankingInspector.Inspect(ranking, [0], top, settings, before));

    /// <summary>Images of which nothing is known.</summary>
    private static Ranking Bare(int[] list)
    {
        RowBlocks<int> indices = new(1, list.Length);
        list.CopyTo(indices[0]);
        return new Ranking(
            new FeatureMatrix([1], 1, 1), new FeatureMatrix([1, 1, 1, 1, 1], 5, 1), indices, new RowBlocks<float>(1, list.Length), new CosineSettings());
    }
}
