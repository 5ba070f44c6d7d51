using System.Globalization;
using GnnReRank.Tuning;

namespace GnnReRank.Tests.Tuning;

/// <summary>Which settings of each method are tried: of every method there is, whether it names values or not.</summary>
public sealed class SettingsGridTests
{
    public static TheoryData<ReRankMethod> Methods => [.. ReRankMethods.All.Select(info => info.Method)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void TheDefaultsComeFirstThenOthersThatAreValid(ReRankMethod method)
    {
        ReRankMethodInfo info = ReRankMethods.Of(method);
        foreach (int rows in (int[])[2, 50, 100_000])
        {
            IReadOnlyList<MethodSettings> tried = SettingsGrid.Of(info, budget: 12, seed: 0, rows);
            Assert.Equal(info.Defaults.FitTo(rows), tried[0]);
            Assert.Equal(tried.Count, tried.Distinct().Count());
            Assert.InRange(tried.Count, 1, 12);
            Assert.All(tried, settings => Assert.Equal(settings, settings.FitTo(rows)));
            Assert.Equal(tried, SettingsGrid.Of(info, budget: 12, seed: 0, rows));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void ValuesLieInTheirRangesAndHoldTheDefault(ReRankMethod method)
    {
        ReRankMethodInfo info = ReRankMethods.Of(method);
        foreach (MethodParameter parameter in info.Parameters)
        {
            object?[] values = SettingsGrid.ValuesOf(parameter, info.Defaults);
            Assert.Contains(parameter.ValueIn(info.Defaults), values);
            Assert.All(values.Where(value => value is int or double), value =>
                Assert.InRange(Convert.ToDouble(value, CultureInfo.InvariantCulture), parameter.Minimum, parameter.Maximum));
        }
    }

    [Fact]
    public void TheValuesThatAMethodNamesAreTried()
    {
        GnnReRankSettings usual = new() { K1 = 26 };
        Assert.Equal([26, 5, 8, 13, 20, 40, 60], SettingsGrid.ValuesOf(usual.Parameters[0], usual));
        IReadOnlyList<MethodSettings> all = SettingsGrid.Of(ReRankMethods.Of(ReRankMethod.Gnn), budget: 5000, seed: 3, 1000);

        // 7 x 5 k1 and k2, less 5/7, 5/10 and 8/10.
        Assert.Equal(32, all.Cast<GnnReRankSettings>().Select(settings => (settings.K1, settings.K2)).Distinct().Count());
    }

    [Fact]
    public void AnotherSeedTriesOthers()
    {
        ReRankMethodInfo gnn = ReRankMethods.Of(ReRankMethod.Gnn);
        Assert.NotEqual(SettingsGrid.Of(gnn, 12, 0, 1000), SettingsGrid.Of(gnn, 12, 1, 1000));
    }
}
