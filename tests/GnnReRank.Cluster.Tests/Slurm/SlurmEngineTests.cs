namespace GnnReRank.Tests.Slurm;

public sealed class SlurmEngineTests(SlurmScenarios scenarios) : IClassFixture<SlurmScenarios>
{
    [Fact]
    public Task AJobIsTheSameBitsAsOneProcess() => scenarios.Of(nameof(SlurmScenarios.Whole));

    [Fact]
    public Task AKilledWorkerIsRequeued() => scenarios.Of(nameof(SlurmScenarios.KilledWorker));

    [Fact]
    public Task TheTasksOfADeadNodeRunElsewhere() => scenarios.Of(nameof(SlurmScenarios.KilledNode));

    [Fact]
    public Task WhileTheControllerIsAwayNothingIsLostOrDoneTwice() =>
        scenarios.Of(nameof(SlurmScenarios.ControllerAway));

    [Fact]
    public Task ABrokenShardFailsTheJobUntilItIsMended() => scenarios.Of(nameof(SlurmScenarios.BrokenShard));

    [Fact]
    public Task AJobThatRunsIsNotStartedTwiceAndGoesOnAfterAStop() =>
        scenarios.Of(nameof(SlurmScenarios.StopAndResume));

    [Fact]
    public Task WhatSlurmRefusesIsNotStarted() => scenarios.Of(nameof(SlurmScenarios.Refused));
}
