using System.Text.Json;
using GnnReRank.Evaluation.Measuring;

namespace GnnReRank.Tests.Evaluation.Measuring;

public sealed class BootstrapIntervalsTests
{
    [Fact]
    public void AgreesWithSciPy()
    {
        foreach (JsonElement entry in StatisticsFixtures.Read("bootstrap"))
        {
            ConfidenceInterval found = BootstrapIntervals.OfMean(
                StatisticsFixtures.Numbers(entry, "values"), 20_000, seed: 3, ComputeOptions.Default);

            // An end of 20,000 samples has a standard error of 0.019 standard errors of the mean; two such ends, four times over.
            double tolerance = 4 * Math.Sqrt(2) * 0.019 * entry.GetProperty("error").GetDouble();
            Assert.Equal(entry.GetProperty("lower").GetDouble(), found.Lower, tolerance);
            Assert.Equal(entry.GetProperty("upper").GetDouble(), found.Upper, tolerance);
            Assert.Equal(0.95, found.Level);
        }
    }

    // The number of ones in a sample is binomial, so the ends are its quantiles. Each count holds some 5 % of the samples and the
    // share below an end is known to 0.1 %: at most the next count can come out.
    [Theory]
    [InlineData(60, 200)]
    [InlineData(190, 200)]
    [InlineData(150, 300)]
    public void OfZerosAndOnesIsBinomial(int ones, int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => i < ones ? 1.0 : 0.0)];
        ConfidenceInterval found = BootstrapIntervals.OfMean(values, 20_000, seed: 1, ComputeOptions.Default);
        Assert.Equal(Quantile(0.025, count, (double)ones / count), count * found.Lower, 1.0001);
        Assert.Equal(Quantile(0.975, count, (double)ones / count), count * found.Upper, 1.0001);
    }

    [Fact]
    public void EqualQueriesLeaveNoDoubt()
    {
        ConfidenceInterval found = BootstrapIntervals.OfMean([.. Enumerable.Repeat(0.7, 50)], 100, seed: 0, ComputeOptions.Default);
        Assert.Equal(found.Lower, found.Upper);
        Assert.Equal(0.7, found.Lower, 1e-15);
    }

    // Two queries of AP 1, two without a good image. Over the valid ones every sample's mean is 1. Over all, the mean of a sample of
    // four is 0 or 1 one time in 16 each, more often than 2.5 %, so these are the ends.
    [Fact]
    public void QueriesWithoutAGoodImageFollowTheDivisor()
    {
        Ranking ranking = HandRanking.Of([1, 8, 2, 9], null, [1, 2], null, [0, 1], [0, 1], [1, 0], [0, 1]);
        foreach ((QueryDivisor divisor, double lower) in ((QueryDivisor, double)[])[(QueryDivisor.Valid, 1), (QueryDivisor.All, 0)])
        {
            RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Divisor = divisor, Bootstrap = 5_000, Seed = 4 });
            Assert.Equal(new ConfidenceInterval(lower, 1, 0.95), accuracy.MeanInterval);
            Assert.Equal(new ConfidenceInterval(lower, 1, 0.95), accuracy.Rank1Interval);
            Assert.Equal(4, accuracy.Seed);
        }
    }

    // The second figure is the first turned round, so drawn from the same samples its interval is the first's turned round.
    [Fact]
    public void TwoFiguresComeFromTheSameSamples()
    {
        double[] values = StatisticsFixtures.Numbers(StatisticsFixtures.Read("bootstrap")[0], "values");
        (ConfidenceInterval first, ConfidenceInterval second) = BootstrapIntervals.OfMeans(
            values, [.. values.Select(value => 1 - value)], 1_001, seed: 5, ComputeOptions.Default);
        Assert.Equal(BootstrapIntervals.OfMean(values, 1_001, seed: 5, ComputeOptions.Default), first);
        Assert.Equal(1 - first.Upper, second.Lower, 1e-12);
        Assert.Equal(1 - first.Lower, second.Upper, 1e-12);
        Assert.True(first.Lower < first.Upper);
    }

    [Fact]
    public void NoneIsTakenUnlessAskedFor()
    {
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(HandRanking.Of([1], null, [1, 2], null, [0, 1]));
        Assert.Null(accuracy.MeanInterval);
        Assert.Null(accuracy.Rank1Interval);
        Assert.Null(accuracy.Seed);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void ThreadsDoNotChangeIt(int threads)
    {
        double[] values = StatisticsFixtures.Numbers(StatisticsFixtures.Read("bootstrap")[1], "values");
        ConfidenceInterval Of(int seed, int count) => BootstrapIntervals.OfMean(values, 333, seed, new ComputeOptions { ThrottleLimit = count });
        Assert.Equal(Of(7, 1), Of(7, threads));
        Assert.NotEqual(Of(7, 1), Of(8, threads));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(1_000_001)]
    [InlineData(-1)]
    public void ANumberOfSamplesThatSaysNothingIsRefused(int samples) => Assert.Equal(
        "BootstrapOutOfRange",
        Assert.Throws<GnnReRankException>(() => BootstrapIntervals.OfMean([0, 1], samples, 0, ComputeOptions.Default)).ErrorId);

    /// <summary>The smallest count whose binomial distribution function reaches a share.</summary>
    private static int Quantile(double share, int count, double chance)
    {
        double term = Math.Pow(1 - chance, count);
        double sum = term;
        int ones = 0;
        while (sum < share)
        {
            ones++;
            term *= (count - ones + 1) * chance / (ones * (1 - chance));
            sum += term;
        }

        return ones;
    }
}
