namespace GnnReRank.Tests.Evaluation.Comparison;

/// <summary>Comparisons of rankings written by hand.</summary>
public sealed class RetrievalComparerTests
{
    // Gallery labels 1, 2, 3, one good image a query: uninterpolated AP is 1, 1/2 or 1/3 by its rank.
    private static readonly long[] s_labels = [1, 2, 3];

    // Ranks of the good images: before 1, 2, 3; after 2, 1, 1. Differences: -1/2, 1/2, 2/3.
    private static readonly RetrievalAccuracy s_before = Measured([0, 1, 2], [0, 1, 2], [0, 1, 2]);
    private static readonly RetrievalAccuracy s_after = Measured([1, 0, 2], [1, 0, 2], [2, 0, 1]);

    [Fact]
    public void EveryFigureIsThatWorkedByHand()
    {
        RetrievalComparison comparison = RetrievalComparer.Compare(s_before, s_after);
        Assert.Equal((1 + 0.5 + (1.0 / 3)) / 3, comparison.MeanBefore, 1e-15);
        Assert.Equal(2.5 / 3, comparison.MeanAfter, 1e-15);
        Assert.Equal(2.0 / 9, comparison.MeanDifference, 1e-15);
        Assert.Equal(1.0 / 3, comparison.Rank1Difference!.Value, 1e-15);
        Assert.Equal((2, 1, 0), (comparison.GainedCount, comparison.LostCount, comparison.EqualCount));

        // Two or more of three coins alike: always. Signs of 3/6, 3/6 and 4/6 sum to 10/6, 4/6, 4/6, 2/6 and their negatives: six of
        // eight reach the observed 4/6.
        Assert.Equal(1, comparison.SignTestPValue);
        Assert.Equal(6.0 / 8, comparison.PValue);
        Assert.False(comparison.IsSignificant);
        Assert.Equal(RetrievalVerdict.Noise, comparison.Verdict);

        // Samples of three: all -1/2 (1 in 27) and all 2/3 (1 in 27) are both beyond 2.5 %.
        Assert.Equal(-0.5, comparison.DifferenceInterval.Lower, 1e-15);
        Assert.Equal(2.0 / 3, comparison.DifferenceInterval.Upper, 1e-15);
        Assert.Equal(
            "mAP +22.22 points (95 %: -50.00 to +66.67), 2 queries gained, 1 lost, 0 equal, p = 0.750: this is within the noise.",
            comparison.Summary);
        Assert.Equal($"Cosine to Cosine: {comparison.Summary}", comparison.ToString());
    }

    [Fact]
    public void QueriesAreListedInTheirOrderAndByTheirChange()
    {
        RetrievalComparison comparison = RetrievalComparer.Compare(s_before, s_after, new ComparisonSettings { Top = 1 });
        Assert.Equal([0, 1, 2], comparison.Queries.Select(query => query.QueryIndex));
        QueryDifference gained = Assert.Single(comparison.MostGained);
        Assert.Equal((2, 3L, 3, 1), (gained.QueryIndex, gained.QueryLabel, gained.FirstMatchBefore, gained.FirstMatchAfter));
        Assert.Equal("query 2: AP 33.33 to 100.00 % (+66.67)", gained.ToString());
        Assert.Equal(0, Assert.Single(comparison.MostLost).QueryIndex);
    }

    [Fact]
    public void AGainOfManyQueriesIsAGainAndTheOtherWayALoss()
    {
        long[] labels = [.. Enumerable.Repeat(2L, 40)];
        RetrievalAccuracy worse = Measured(labels, Enumerable.Repeat<int[]>([0, 1, 2], 40));
        RetrievalAccuracy better = Measured(labels, Enumerable.Repeat<int[]>([1, 0, 2], 40));
        RetrievalComparison gain = RetrievalComparer.Compare(worse, better);
        Assert.Equal(RetrievalVerdict.Gain, gain.Verdict);
        Assert.Equal("mAP +50.00 points (95 %: +50.00 to +50.00), 40 queries gained, 0 lost, 0 equal, p < 0.001: a gain.", gain.Summary);
        Assert.Equal(RetrievalVerdict.Loss, RetrievalComparer.Compare(better, worse).Verdict);
        Assert.Empty(gain.MostLost);
        Assert.Equal(10, gain.MostGained.Count);

        // Equal gains are listed in the queries' order.
        Assert.Equal(Enumerable.Range(0, 10), gain.MostGained.Select(query => query.QueryIndex));
    }

    [Fact]
    public void AResultComparedWithItselfIsEqual()
    {
        RetrievalComparison comparison = RetrievalComparer.Compare(s_before, s_before);
        Assert.Equal(
            "mAP 0.00 points (95 %: 0.00 to 0.00), 0 queries gained, 0 lost, 3 equal, p = 1.000: this is within the noise.", comparison.Summary);
    }

    // A fourth query has no good image: over all four the mean difference is 3/4 of that over three.
    [Fact]
    public void QueriesWithoutAGoodImageFollowTheDivisor()
    {
        long[] labels = [.. s_labels, 9];
        int[][] before = [[0, 1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]];
        int[][] after = [[1, 0, 2], [1, 0, 2], [2, 0, 1], [0, 1, 2]];
        RetrievalComparison valid = RetrievalComparer.Compare(Measured(labels, before), Measured(labels, after));
        RetrievalComparison all = RetrievalComparer.Compare(
            Measured(labels, before, QueryDivisor.All), Measured(labels, after, QueryDivisor.All));
        Assert.Equal(2.0 / 9, valid.MeanDifference, 1e-15);
        Assert.Equal(2.0 / 12, all.MeanDifference, 1e-15);
        Assert.Equal(all.MeanAfter - all.MeanBefore, all.MeanDifference, 1e-15);
        Assert.Equal((2, 1, 0), (all.GainedCount, all.LostCount, all.EqualCount));
        Assert.Null(all.Queries[3].Difference);
    }

    [Fact]
    public void WhatDiffersIsNamed()
    {
        Refused("kind of average precision: Uninterpolated and Trapezoid", s_before, Measure(Lists(s_labels), ApKind.Trapezoid, QueryDivisor.Valid));
        Refused("divisor: Valid and All", s_before, Measure(Lists(s_labels), ApKind.Uninterpolated, QueryDivisor.All));
        Refused("number of queries: 3 and 1", s_before, Measured([1], [[0, 1, 2]]));
        Refused("label of query 1: 2 and 3", s_before, Measured([1, 3, 2], [[0, 1, 2], [0, 1, 2], [0, 1, 2]]));
        Refused("mean: mAP and mAP@2", s_before, Measured(s_labels, [[0, 1], [0, 1], [0, 1]]));
        Refused("protocol: Label and Market1501", s_before, RetrievalEvaluator.Measure(
            HandRanking.Of(s_labels, [1, 1, 1], s_labels, [2, 2, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]),
            new EvaluationSettings { ApKind = ApKind.Uninterpolated, Divisor = QueryDivisor.Valid }));
    }

    [Fact]
    public void OtherImagesAndOtherDrawsAreNotTheSameQueries()
    {
        Refused("number of gallery rows: 3 and 4", s_before, Measure(
            HandRanking.Of(s_labels, null, [1, 2, 3, 4], null, [0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]), ApKind.Uninterpolated, QueryDivisor.Valid));
        Refused("number of good images of query 1: 1 and 2", s_before, Measure(
            HandRanking.Of(s_labels, null, [1, 2, 2], null, [0, 1, 2], [0, 1, 2], [0, 1, 2]), ApKind.Uninterpolated, QueryDivisor.Valid));
        Refused("name of query 0: a and b", OfQueryNamed("a"), OfQueryNamed("b"));
        Refused("seed of the draws: 1 and 2", Drawn(seed: 1), Drawn(seed: 2));
    }

    [Fact]
    public void SettingsOutsideTheirRangeAreRefused()
    {
        foreach (ComparisonSettings settings in (ComparisonSettings[])
            [new() { Alpha = 0 }, new() { Alpha = 1 }, new() { Alpha = double.NaN }, new() { Flips = 9 }, new() { Top = -1 }])
        {
            Assert.Equal(
                "InvalidComparison",
                Assert.Throws<GnnReRankException>(() => RetrievalComparer.Compare(s_before, s_after, settings)).ErrorId);
        }
    }

    private static void Refused(string part, RetrievalAccuracy before, RetrievalAccuracy after)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalComparer.Compare(before, after));
        Assert.Equal("NotComparable", error.ErrorId);
        Assert.Contains($"These differ: {part}", error.Message);
    }

    private static RetrievalAccuracy OfQueryNamed(string name) => RetrievalEvaluator.Measure(
        HandRanking.Of(HandRanking.Named([1], [name]), HandRanking.Named([1, 2], null, first: 5), [0, 1]));

    private static RetrievalAccuracy Drawn(int seed) => RetrievalEvaluator.Measure(
        HandRanking.Of([1], null, s_labels, null, [0, 1, 2]), new EvaluationSettings { Protocol = EvaluationProtocol.VehicleId, Seed = seed });

    private static Ranking Lists(long[] labels) => HandRanking.Of(labels, null, s_labels, null, [0, 1, 2], [0, 1, 2], [0, 1, 2]);

    private static RetrievalAccuracy Measured(params int[][] lists) => Measured(s_labels, lists);

    private static RetrievalAccuracy Measured(long[] labels, IEnumerable<int[]> lists, QueryDivisor divisor = QueryDivisor.Valid) =>
        Measure(HandRanking.Of(labels, null, s_labels, null, [.. lists]), ApKind.Uninterpolated, divisor);

    private static RetrievalAccuracy Measure(Ranking ranking, ApKind kind, QueryDivisor divisor) =>
        RetrievalEvaluator.Measure(ranking, new EvaluationSettings { ApKind = kind, Divisor = divisor });
}
