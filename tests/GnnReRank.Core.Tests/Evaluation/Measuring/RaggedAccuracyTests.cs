namespace GnnReRank.Tests.Evaluation.Measuring;

/// <summary>Lists of different lengths: what a list that ends before the longest does not hold was not retrieved, and counts as not found.</summary>
public sealed class RaggedAccuracyTests
{
    private const int Digits = 12;

    [Fact]
    public void WhatAShortListDoesNotHoldWasNotFound()
    {
        // Four gallery rows of labels 7, 8, 7, 9. A: the whole list but one. B: one wrong image. C: no list at all.
        Ranking ranking = Ragged([7, 7, 7], [7, 8, 7, 9], [[0, 1, 2], [1], []]);
        Assert.Equal((3, 0, false), (ranking.Depth, ranking.ShortestDepth, ranking.IsFull));
        Assert.Equal([3, 1, 0], Enumerable.Range(0, 3).Select(ranking.GetDepth));
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Label);
        Assert.Equal("mAP@3", accuracy.MeanName);
        Assert.Equal(5.0 / 6 / 3, accuracy.mAPAtDepth!.Value, Digits); // (1 + 2/3) / 2 of A, and nothing of B and C
        Assert.Equal([5.0 / 6, 0, 0], accuracy.PerQuery.Select(query => query.AveragePrecision!.Value), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal([1.0 / 3, 1.0 / 3, 1.0 / 3], accuracy.Cmc);
        Assert.Equal([1.0, 0.0, 0.0], accuracy.PerQuery.Select(query => query.Rank1!.Value));
        Assert.Null(accuracy.mINP);
    }

    [Fact]
    public void AListAsLongAsTheLongestIsCut()
    {
        // Junk leaves the longest list one rank of two, and what came next is not known. Beside a longer one it has ended, and all is.
        FeatureMatrix gallery = Matrix([7, 8, 7], [1, 2, 2]);
        Assert.Equal([0.0], RetrievalEvaluator.Measure(HandRanking.Ragged(Matrix([7, 7], [1, 1]), gallery, [0, 1], [1])).Cmc);
        Assert.Equal(
            [0.0, 1.0 / 3, 1.0 / 3],
            RetrievalEvaluator.Measure(HandRanking.Ragged(Matrix([7, 7, 7], [1, 1, 1]), gallery, [0, 1], [1], [1, 2, 0])).Cmc);
    }

    [Fact]
    public void TrecDividesByAllRelevantImagesEvenWhereTheListIsShorter()
    {
        GroundTruth truth = new([new QueryTruth { Easy = [0, 2, 3] }], 4);
        Ranking ranking = HandRanking.OfImages(4, [0, 1]);
        EvaluationSettings settings = new() { GroundTruth = truth, Protocol = EvaluationProtocol.Trec };
        Assert.Equal(1.0 / 3, RetrievalEvaluator.Measure(ranking, settings).mAPAtDepth!.Value, Digits);
        Assert.Equal(1.0 / 2, RetrievalEvaluator.Measure(ranking, settings with { Protocol = EvaluationProtocol.Gldv2 }).mAPAtDepth!.Value, Digits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryFigureAgreesWithItsDefinition(int seed)
    {
        Random random = new(seed);
        const int queries = 30;
        const int gallery = 50;
        long[] queryLabels = [.. Enumerable.Range(0, queries).Select(_ => random.NextInt64(0, 7))];
        long[] galleryLabels = [.. Enumerable.Range(0, gallery).Select(_ => random.NextInt64(-1, 7))];
        int[][] lists = [.. queryLabels.Select(_ => Shuffled(random, gallery)[..random.Next(0, gallery)])];
        Ranking ranking = Ragged(queryLabels, galleryLabels, lists);
        RetrievalAccuracy accuracy = Measure(ranking, EvaluationProtocol.Label);
        int depth = lists.Max(list => list.Length);
        NaiveQuery[] naive = [.. lists.Select((list, query) => NaiveQuery.Of(
            list, gallery, row => galleryLabels[row] == queryLabels[query], row => galleryLabels[row] == -1))];
        Assert.All(naive, query => Assert.True(query.GoodCount > 0));
        Assert.Equal(naive.Average(query => query.AveragePrecision(ApKind.Uninterpolated, depth, depth)), accuracy.mAPAtDepth!.Value, Digits);
        foreach (int rank in (int[])[1, 5, 10])
        {
            Assert.Equal(naive.Average(query => query.Left.Take(rank).Any(good => good) ? 1.0 : 0), accuracy.At(rank)!.Value, Digits);
        }
    }

    [Fact]
    public void DrawnGalleriesTakeAnImageThatIsNotInTheListForNotFound()
    {
        // Two identities with one image each, so that every draw is the same. The first query's list ends before its match.
        Ranking ranking = Ragged([1, 2], [1, 2, 3], [[1], [1, 0, 2]]);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = EvaluationProtocol.VehicleId, Draws = 2 });
        Assert.Equal([0.5, 0.5, 0.5], accuracy.Cmc);
        Assert.Equal(0.5, accuracy.mAPAtDepth ?? accuracy.mAP);
    }

    [Fact]
    public void PrecisionAtRanksOfTheRevisitedBenchmarksCountsWhatIsNotThereAsWrong()
    {
        GroundTruth truth = new([new QueryTruth { Easy = [0] }, new QueryTruth { Easy = [0] }], 6);
        Ranking ranking = HandRanking.Ragged(Matrix([1, 1]), Matrix([1, 1, 1, 1, 1, 1]), [0, 1, 2, 3, 4, 5], [1, 2]);
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(
            ranking, new EvaluationSettings { Protocol = EvaluationProtocol.RevisitedOxfordParis, GroundTruth = truth });
        Assert.Equal([(1, 0.5), (5, 0.5)], accuracy.MeanPrecisions.Select(at => (at.Rank, at.Precision)));
    }

    [Fact]
    public void TheInspectorShowsWhatThereIs()
    {
        Ranking ranking = Ragged([7, 7], [7, 8, 7, 9], [[0, 1, 2], []]);
        RankedQuery[] shown = [.. RankingInspector.Inspect(ranking, [0, 1], top: 5, before: Ragged([7, 7], [7, 8, 7, 9], [[2], [1, 0]]))];
        Assert.Equal([3, 0], shown.Select(query => query.Images.Count));
        Assert.Equal([null, null, 1], shown[0].Images.Select(image => image.RankBefore));
        Assert.Equal(0.0, shown[1].AveragePrecision);
        Assert.Throws<ArgumentOutOfRangeException>(() => ranking.GetEntry(1, 1));
        Assert.Equal("by hand (hand.run): 2 queries, up to 3 of 4 gallery rows", ranking.ToString());
    }

    private static Ranking Ragged(long[] queryLabels, long[] galleryLabels, int[][] lists) =>
        HandRanking.Ragged(Matrix(queryLabels), Matrix(galleryLabels), lists);

    private static FeatureMatrix Matrix(long[] labels, int[]? cameras = null) =>
        new([.. labels.Select((_, row) => row + (labels.Length * 1000f))], labels.Length, 1, labels, cameras);

    private static RetrievalAccuracy Measure(Ranking ranking, EvaluationProtocol protocol) =>
        RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = protocol, ApKind = ApKind.Uninterpolated });

    private static int[] Shuffled(Random random, int count)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        random.Shuffle(rows);
        return rows;
    }
}
