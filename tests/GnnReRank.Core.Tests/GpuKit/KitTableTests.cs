using GnnReRank.GpuKit.Running;

namespace GnnReRank.Tests.GpuKit;

/// <summary>How the kit's lines stand in its table, and which numbers are none.</summary>
public sealed class KitTableTests
{
    [Theory]
    [InlineData(4.0, 2.0, "2 x")]
    [InlineData(2.0, 2.0, "1 x")]
    [InlineData(1.0, 2.0, "**0.5 x: below**")]
    [InlineData(0.0, 2.0, "**0 x: below**")]
    [InlineData(4.0, null, "")]
    [InlineData(null, 2.0, "")]
    public void TellsHowManyTimesItsFloorATimeIs(double? value, double? floor, string expected)
    {
        string table = KitTable.Make([new KitLine(3, "stage", KitVerdict.Measured, value, "ms", floor)]);
        string row = table.Split('\n').Single(line => line.Contains("stage", StringComparison.Ordinal));
        Assert.Equal(expected, row.Split('|')[6].Trim());
    }

    /// <summary>
    /// Where there is no room for all, a comparison is worth more than a class of tests that passed, and so is what
    /// guesses rest on.
    /// </summary>
    [Fact]
    public void LeavesOutPassedTestsFirst()
    {
        string[] worth =
        [
            "step 3: all", "Market: torch, dense pipeline", "Market: whole job, Paper, cold", "Auto: 600 x 512",
            "driver: 1,000 launches", "graph, Exact",
        ];
        KitLine[] lines =
        [
            .. Enumerable.Range(0, 40).Select(at => Line($"Class{at}Tests", KitVerdict.Passed, 2)),
            Line("FailedTests", KitVerdict.Failed, 2), Line("quick", KitVerdict.Measured, 3) with { Floor = 20 },
            .. worth[..^1].Select(what => Line(what, KitVerdict.Measured, 3)),
            Line(worth[^1], KitVerdict.Passed, 3),
        ];
        string table = KitTable.Make(lines, 2_000);
        Assert.True(table.Length <= 2_000);
        Assert.All([.. worth, "FailedTests", "quick"], what => Assert.Contains($"| {what} |", table, StringComparison.Ordinal));
        Assert.DoesNotContain("Class39Tests", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.5, "ms", true)]
    [InlineData(null, "ms", true)]
    [InlineData(0.0, "rows differ", true)]
    [InlineData(0.0, "ms", false)]
    [InlineData(-1.0, "ms", false)]
    [InlineData(double.NaN, "ms", false)]
    [InlineData(double.NaN, "%", false)]
    [InlineData(double.PositiveInfinity, "of a bound", false)]
    public void FailsWhatIsNoResult(double? value, string unit, bool isResult)
    {
        KitLine line = new(3, "number", KitVerdict.Passed, value, unit, Note: "why");
        KitLine found = line.Checked();
        Assert.Equal(isResult ? line : line with { Verdict = KitVerdict.Failed }, found with { Value = value, Note = "why" });
        Assert.True(found.Value is null || double.IsFinite(found.Value.Value));
    }

    private static KitLine Line(string what, KitVerdict verdict, int step) => new(step, what, verdict, 10, "s");
}
