using System.Text.Json;
using GnnReRank.Evaluation.Comparison;

namespace GnnReRank.Tests.Evaluation.Comparison;

public sealed class RandomizationTestTests
{
    [Fact]
    public void AgreesWithSciPy()
    {
        foreach (JsonElement entry in StatisticsFixtures.Read("randomization"))
        {
            double[] differences = StatisticsFixtures.Numbers(entry, "differences");
            double expected = entry.GetProperty("p").GetDouble();
            double found = RandomizationTest.PValue(differences, 20_000, seed: 1, ComputeOptions.Default);

            // All patterns are taken up to 13 queries, by both. Else four standard errors of 20,000 draws, and SciPy's 200,000 are finer.
            double tolerance = entry.GetProperty("exact").GetBoolean() ? 1e-12 : 4 * Math.Sqrt(expected * (1 - expected) / 20_000);
            Assert.Equal(expected, found, tolerance);
        }
    }

    // Signs of 1, 2, 3 sum to 6, 4, 2, 0, 0, -2, -4, -6: two of eight reach 6, four reach 4, all reach 0.
    [Theory]
    [InlineData(1, 2, 3, 2.0 / 8)]
    [InlineData(-1, 2, 3, 4.0 / 8)]
    [InlineData(1, 2, -3, 1.0)]
    [InlineData(-0.7, -0.7, 0.2, 4.0 / 8)] // 1.2 is reached by four of eight, and by rounding misses itself in some
    public void ThreeQueriesWorkedByHand(double first, double second, double third, double expected) =>
        Assert.Equal(expected, RandomizationTest.PValue([first, 0, second, 0, third], 100, seed: 0, ComputeOptions.Default));

    [Fact]
    public void NoDifferenceIsNoEvidence() => Assert.Equal(1, RandomizationTest.PValue(new double[50], 100, seed: 0, ComputeOptions.Default));

    [Fact]
    public void ADrawnValueIsNeverZero()
    {
        double found = RandomizationTest.PValue([.. Enumerable.Repeat(0.1, 200)], 9_999, seed: 0, ComputeOptions.Default);
        Assert.Equal(1.0 / 10_000, found);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void ThreadsDoNotChangeIt(int threads)
    {
        double[] differences = StatisticsFixtures.Numbers(StatisticsFixtures.Read("randomization")[4], "differences");
        Assert.Equal(
            RandomizationTest.PValue(differences, 1_000, seed: 7, new ComputeOptions { ThrottleLimit = 1 }),
            RandomizationTest.PValue(differences, 1_000, seed: 7, new ComputeOptions { ThrottleLimit = threads }));
        Assert.NotEqual(
            RandomizationTest.PValue(differences, 1_000, seed: 7, new ComputeOptions { ThrottleLimit = threads }),
            RandomizationTest.PValue(differences, 1_000, seed: 8, new ComputeOptions { ThrottleLimit = threads }));
    }
}
