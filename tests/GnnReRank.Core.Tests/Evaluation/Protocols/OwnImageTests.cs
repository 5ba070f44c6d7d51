namespace GnnReRank.Tests.Evaluation.Protocols;

/// <summary>Galleries that hold some of the queries: an image that finds itself says nothing of the features.</summary>
public sealed class OwnImageTests
{
    private const int Digits = 12;

    // Both queries rank gallery rows 0 1 2 3, labels 7 8 7 8. Query 0 (7) is row 0: without it negative, good, negative; trapezoid
    // AP of one good at 0-based rank 1: (0 + 1/2)/2 = 1/4. Query 1 (8) stands nowhere: good at ranks 1 and 3:
    // ((0 + 1/2)/2 + (1/3 + 2/4)/2)/2 = (1/4 + 5/12)/2 = 1/3.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AQueryThatStandsInTheGalleryIsLeftOutByNameOrByValue(bool haveNames)
    {
        FeatureMatrix query = Rows([[1, 2], [9, 1]], [7, 8], haveNames ? ["a", "x"] : null);
        FeatureMatrix gallery = Rows([[1, 2], [3, 4], [5, 9], [7, 8]], [7, 8, 7, 8], haveNames ? ["a", "b", "c", "d"] : null);
        foreach (EvaluationProtocol? protocol in (EvaluationProtocol?[])[null, EvaluationProtocol.Label, EvaluationProtocol.LeaveOneOut])
        {
            RetrievalAccuracy accuracy = Measured(query, gallery, [], protocol, ApKind.Trapezoid);
            Assert.Equal(0.25, accuracy.PerQuery[0].AveragePrecision!.Value, Digits);
            Assert.Equal(1.0 / 3, accuracy.PerQuery[1].AveragePrecision!.Value, Digits);
            Assert.Equal((1, 0.0), (accuracy.OwnImageCount, accuracy.Rank1!.Value));
            Assert.Contains("1 own images left out", accuracy.ToString());
        }
    }

    [Fact]
    public void TheSameImageThroughTheNetworkOnceMoreIsTheSame() => Assert.Equal(
        1, Measured(Rows([[1, 2], [9, 1]], [7, 8], ["a", "x"]), Rows([[1.00001f, 2], [3, 4], [5, 9], [7, 8]], [7, 8, 7, 8], ["a", "b", "c", "d"]), []).OwnImageCount);

    [Theory]
    [InlineData("a", "other values under one name: is it numbered anew in each set?")]
    [InlineData("z", "one value under two names: a copy, or the same image?")]
    public void WhatIsInDoubtCountsAndIsToldWithTheWayOut(string name, string why)
    {
        float[] own = name == "a" ? [-5, 1] : [1, 2];
        List<string> warnings = [];
        RetrievalAccuracy accuracy = Measured(
            Rows([own, [9, 1]], [7, 8], [name, "x"]), Rows([[1, 2], [3, 4], [5, 9], [7, 8]], [7, 8, 7, 8], ["a", "b", "c", "d"]), warnings);
        Assert.True(accuracy.OwnImageCount == 0, why);
        Assert.Equal(1, accuracy.PerQuery[0].FirstMatchRank);
        string warning = Assert.Single(warnings);
        Assert.StartsWith("1 of 2 queries", warning);
        Assert.Contains("-Protocol LeaveOneOut", warning);
    }

    [Fact]
    public void EqualValuesUnderAnotherLabelAreAnotherImage()
    {
        List<string> warnings = [];
        RetrievalAccuracy accuracy = Measured(Rows([[1, 2]], [8], null), Rows([[1, 2], [3, 4], [5, 9], [7, 8]], [7, 8, 7, 8], null), warnings, queries: 1);
        Assert.Equal((0, 0), (accuracy.OwnImageCount, warnings.Count));
    }

    // Features of one image, read in batches of other sizes, differ in the last bits.
    [Theory]
    [InlineData(1.00001f, 7, true)]
    [InlineData(1.5f, 7, false)]
    [InlineData(1.00001f, 8, false)]
    public void AllButTheSameValuesWithoutNamesCountAndAreTold(float value, long label, bool areTold)
    {
        List<string> warnings = [];
        RetrievalAccuracy accuracy = Measured(Rows([[1, 2], [9, 1]], [7, 8], null), Rows([[value, 2], [3, 4], [5, 9], [7, 8]], [label, 8, 7, 8], null), warnings);
        Assert.Equal((0, areTold ? 1 : 0), (accuracy.OwnImageCount, warnings.Count));
        Assert.All(warnings, warning => Assert.StartsWith("1 of 2 queries have a gallery row of their label first", warning));
    }

    // Query "a" has cameras, the gallery none, or the other way round.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CamerasOnOneSideAloneAreToldUnlessTheProtocolIsNamed(bool onQuery)
    {
        Ranking ranking = HandRanking.Of([7, 8], onQuery ? [1, 2] : null, [7, 8], onQuery ? null : [1, 2], [0, 1], [0, 1]);
        List<string> warnings = [];
        ComputeOptions options = new() { Warn = warnings.Add };
        Assert.Equal(EvaluationProtocol.Label, RetrievalEvaluator.Measure(ranking, options: options).Protocol);
        string warning = Assert.Single(warnings);
        Assert.StartsWith(onQuery ? "The query matrix has cameras and the gallery matrix has none" : "The gallery matrix has cameras and the query matrix has none", warning);
        Assert.Contains("-Protocol Label", warning);
        RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = EvaluationProtocol.Label }, options);
        Assert.Single(warnings);
    }

    private static RetrievalAccuracy Measured(
        FeatureMatrix query, FeatureMatrix gallery, List<string> warnings, EvaluationProtocol? protocol = null, ApKind? kind = null, int queries = 2) =>
        RetrievalEvaluator.Measure(
            HandRanking.Of(query, gallery, [.. Enumerable.Repeat<int[]>([0, 1, 2, 3], queries)]),
            new EvaluationSettings { Protocol = protocol, ApKind = kind },
            new ComputeOptions { Warn = warnings.Add });

    private static FeatureMatrix Rows(float[][] rows, long[] labels, string[]? names) => FeatureMatrix.FromRows(rows, labels, null, names);
}
