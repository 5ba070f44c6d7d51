using System.Text.Json;
using GnnReRank.Evaluation.Comparison;

namespace GnnReRank.Tests.Evaluation.Comparison;

public sealed class SignTestTests
{
    [Fact]
    public void AgreesWithSciPy()
    {
        foreach (JsonElement entry in StatisticsFixtures.Read("sign_test"))
        {
            int gained = entry.GetProperty("gained").GetInt32();
            int lost = entry.GetProperty("lost").GetInt32();
            double expected = entry.GetProperty("p").GetDouble();

            // A product of half a million factors rounds as often: about 1e-13, and 1e-10 at worst.
            Assert.Equal(1, SignTest.PValue(gained, lost) / expected, 1e-10);
        }
    }

    // P(X <= 2) of ten fair coins is (1 + 10 + 45) / 1024, twice that is 7 / 64. Ten of ten: 2 / 1024.
    [Fact]
    public void IsExactForFewQueries()
    {
        Assert.Equal(7.0 / 64, SignTest.PValue(2, 8));
        Assert.Equal(1.0, SignTest.PValue(5, 5));
        Assert.Equal(2.0 / 1024, SignTest.PValue(10, 0));
    }

    [Fact]
    public void NoNumberOfQueriesOverflows()
    {
        Assert.Equal(0, SignTest.PValue(1_000_000, 0));
        Assert.Equal(1, SignTest.PValue(2_000_000, 2_000_000));
        Assert.Equal(0, SignTest.PValue(int.MaxValue, 3));
    }
}
