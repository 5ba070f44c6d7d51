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

    /// <summary>Where there is no room for forty lines of a kind, one of another is not left out.</summary>
    [Theory]
    [InlineData("ProductTests", KitVerdict.Passed, "Auto: 600 x 512", KitVerdict.Measured)]
    [InlineData("ProductTests", KitVerdict.Passed, "driver: 1,000 launches", KitVerdict.Measured)]
    [InlineData("driver: launch", KitVerdict.Measured, "Market: torch, dense pipeline", KitVerdict.Measured)]
    [InlineData("driver: launch", KitVerdict.Measured, "Market: whole job, Paper, cold", KitVerdict.Measured)]
    [InlineData("driver: launch", KitVerdict.Measured, "Market: graph, Exact", KitVerdict.Passed)]
    [InlineData("Market: torch, mm", KitVerdict.Measured, "step 3: Market", KitVerdict.Passed)]
    [InlineData("Market: graph, Exact", KitVerdict.Passed, "ProductTests", KitVerdict.Failed)]
    [InlineData("kernel A.B", KitVerdict.Passed, "ProductTests", KitVerdict.Passed)]
    internal void LeavesOutWhatIsOfLessWorth(string less, KitVerdict lessHow, string more, KitVerdict moreHow)
    {
        KitLine[] lines = [.. Enumerable.Repeat(Line(less, lessHow), 40), Line(more, moreHow)];
        string table = KitTable.Make(lines, 1_000);
        Assert.True(table.Length <= 1_000);
        Assert.Contains($"| {more} |", table, StringComparison.Ordinal);
        Assert.InRange(table.Split($"| {less} |").Length - 1, 1, 39);
    }

    [Fact]
    public void LeavesOutNothingThatIsBelowItsFloor()
    {
        KitLine[] lines = [.. Enumerable.Repeat(Line("stage", KitVerdict.Measured) with { Floor = 5 }, 40)];
        lines[^1] = lines[^1] with { What = "quick", Floor = 20 };
        Assert.Contains("| quick |", KitTable.Make(lines, 1_000), StringComparison.Ordinal);
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

    private static KitLine Line(string what, KitVerdict verdict) => new(3, what, verdict, 10, "s");
}
