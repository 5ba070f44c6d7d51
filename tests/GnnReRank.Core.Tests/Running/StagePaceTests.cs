namespace GnnReRank.Tests.Running;

/// <summary>What people are told of a long call, against numbers worked out by hand.</summary>
public sealed class StagePaceTests
{
    private readonly HandClock _clock = new();

    [Theory]
    [InlineData(12_000, 19_732, "rows", 3_500, "12,000 of 19,732 rows", "3,500 a second")]
    [InlineData(3, 10, "steps", 0.25, "3 of 10 steps", "0.25 a second")]
    [InlineData(1, 2, "layers", 9.94, "1 of 2 layers", "9.94 a second")]
    [InlineData(9_999_999, 9_999_999, "rows", 999_999, "9,999,999 of 9,999,999 rows", "999,999 a second")]
    [InlineData(84_000_000, 194_695_778, "pairs", 31_049_000, "84.0 of 194.7 million pairs", "31.0 million a second")]
    [InlineData(3 << 19, 5 << 20, "bytes", 1 << 19, "1.5 of 5.0 MB", "0.5 MB a second")]
    [InlineData(1L << 29, 5L << 30, "bytes", 3L << 30, "0.50 of 5.00 GB", "3.00 GB a second")]
    [InlineData(1_234, 0, "rows", 10, "1,234 rows", "10 a second")]
    [InlineData(1_001, 1_000, "tiles", 10, "1,000 of 1,000 tiles", "10 a second")]
    public void AmountsAndRatesAreTold(long done, long total, string unit, double rate, string amount, string pace)
    {
        StageProgress progress = new("Some stage", done, total, unit);
        Assert.Equal(amount, progress.Amount);
        Assert.Equal(pace, progress.Rate(rate));
        Assert.Equal($"Some stage: {amount}", progress.ToString());
    }

    [Fact]
    public void TheRateAndTheTimeLeftAreThoseOfTheStage()
    {
        StagePace pace = new(_clock);
        Assert.Null(pace.PerSecond);
        At(pace, 100, 0);
        At(pace, 100.9, 900);
        Assert.Null(pace.PerSecond);
        Assert.Equal("Some stage: 900 of 10,000 rows", pace.ToString());
        At(pace, 102, 2_000);
        Assert.Equal(1_000, pace.PerSecond!.Value, 6);
        Assert.Equal(8, pace.Remaining!.Value.TotalSeconds, 6);
        Assert.Equal("Some stage: 2,000 of 10,000 rows, 1,000 a second", pace.ToString());
        At(pace, 105, 10_000);
        Assert.Equal(TimeSpan.Zero, pace.Remaining);
    }

    [Fact]
    public void AStageThatSlowsDownIsToldByItsLastSeconds()
    {
        StagePace pace = new(_clock);
        for (int second = 0; second <= 10; second++)
        {
            At(pace, second, 500 * second, 100_000);
        }

        for (int second = 11; second <= 30; second++)
        {
            At(pace, second, 5_000 + (50 * (second - 10)), 100_000);
        }

        Assert.Equal(50, pace.PerSecond!.Value, 6);
        Assert.Equal((100_000 - 6_000) / 50.0, pace.Remaining!.Value.TotalSeconds, 6);
    }

    /// <summary>Another stage, and the same from its start as where a search is made again, have a pace of their own.</summary>
    [Theory]
    [InlineData("Other stage", 10_000, "rows")]
    [InlineData("Some stage", 500, "rows")]
    [InlineData("Some stage", 10_000, "tiles")]
    [InlineData("Some stage", 10_000, "rows")]
    public void WhatBeginsAnewHasAPaceOfItsOwn(string stage, long total, string unit)
    {
        StagePace pace = new(_clock);
        At(pace, 0, 0);
        At(pace, 2, 8_000);
        _clock.Seconds = 3;
        pace.Add(new StageProgress(stage, 0, total, unit));
        Assert.Null(pace.PerSecond);
        _clock.Seconds = 5;
        pace.Add(new StageProgress(stage, 20, total, unit));
        Assert.Equal(10, pace.PerSecond!.Value, 6);
    }

    [Fact]
    public void WhereNothingMovesOrTheTotalIsNotKnownNoTimeIsTold()
    {
        StagePace pace = new(_clock);
        At(pace, 0, 0);
        At(pace, 60, 0);
        Assert.Null(pace.PerSecond);
        At(pace, 61, 100, total: 0);
        At(pace, 63, 300, total: 0);
        Assert.Equal(100, pace.PerSecond!.Value, 6);
        Assert.Null(pace.Remaining);
    }

    [Fact]
    public void ATimeLeftThatIsReportedIsTold()
    {
        StagePace pace = new(_clock);
        At(pace, 0, 0);
        At(pace, 2, 2_000);
        pace.Add(new StageProgress("Some stage", 2_000, 10_000, "rows") { Remaining = TimeSpan.FromHours(3) });
        Assert.Equal(TimeSpan.FromHours(3), pace.Remaining);
        At(pace, 3, 3_000);
        Assert.Equal(7, pace.Remaining!.Value.TotalSeconds, 6);
    }

    private void At(StagePace pace, double seconds, long done, long total = 10_000)
    {
        _clock.Seconds = seconds;
        pace.Add(new StageProgress("Some stage", done, total, "rows"));
    }

    private sealed class HandClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => (long)Math.Round(Seconds * TimestampFrequency);
    }
}
