using GnnReRank.Evaluation.Protocols;
using GnnReRank.Reports;

namespace GnnReRank.Tests.Reports;

public sealed class PrecisionRecallCurveTests
{
    private const int Digits = 12;

    [Fact]
    public void EachLevelHasTheLargestPrecisionAtThatRecallOrMore()
    {
        // Good at ranks 1, 4 and 5 of three: precisions 1, 1/2, 3/5 at recalls 1/3, 2/3, 1. Up to recall 0.33 the largest is 1; beyond, 3/5.
        double[] curve = Curve([1], [1, 2, 3, 1, 1], [0, 1, 2, 3, 4]);
        Assert.Equal(101, curve.Length);
        Assert.All(curve[..34], precision => Assert.Equal(1, precision, Digits));
        Assert.All(curve[34..], precision => Assert.Equal(0.6, precision, Digits));
    }

    [Fact]
    public void JunkIsTakenOutAndTheMeanIsOverValidQueries()
    {
        // Query 0 (label 1): junk, good: 1 at all levels. Query 1 (label 2): junk, negative, good: 1/2. Query 2 (label 3) is not valid.
        double[] curve = Curve([1, 2, 3], [-1, 1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]);
        Assert.All(curve, precision => Assert.Equal(0.75, precision, Digits));
    }

    [Fact]
    public void ALevelThatACutListDoesNotReachCountsNothing()
    {
        // One of two good images is in the list: recall 0.5 is reached, 0.51 is not.
        double[] curve = Curve([1], [1, 2, 1], [0, 1]);
        Assert.All(curve[..51], precision => Assert.Equal(1, precision, Digits));
        Assert.All(curve[51..], precision => Assert.Equal(0, precision));
    }

    [Fact]
    public void LevelsAreComparedInWholeNumbers()
    {
        // 100 good images: the seventh makes recall 0.07 exactly, whose product with 100 in binary fractions is above 7. One wrong image after it.
        long[] labels = [.. Enumerable.Repeat(1L, 7), 2, .. Enumerable.Repeat(1L, 93)];
        double[] curve = Curve([1], labels, [.. Enumerable.Range(0, 101)]);
        Assert.Equal(1, curve[7], Digits);
        Assert.Equal(100.0 / 101, curve[8], Digits);
    }

    private static double[] Curve(long[] queryLabels, long[] galleryLabels, params int[][] lists)
    {
        Ranking ranking = ReportCase.Of(
            ReportCase.Matrix(queryLabels.Length, FeatureRole.Query, queryLabels),
            ReportCase.Matrix(galleryLabels.Length, FeatureRole.Gallery, galleryLabels), new CosineSettings(), lists);
        return PrecisionRecallCurve.Of(ranking, new LabelRule(ranking.Query, ranking.Gallery), ranking.Depth, ComputeOptions.Default);
    }
}
