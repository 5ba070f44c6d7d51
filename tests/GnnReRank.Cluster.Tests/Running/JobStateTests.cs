using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Running;

namespace GnnReRank.Tests.Running;

/// <summary>What a job says of itself when its files or its tasks are not as they were left.</summary>
public sealed class JobStateTests : IDisposable
{
    private static readonly EngineState s_gone = new(IsAlive: false, [], Note: null);
    private static readonly EngineState s_runs = new(IsAlive: true, ["7"], Note: null);

    private readonly PlannedJob _job = new(new CosineSettings());

    public void Dispose() => _job.Dispose();

    [Fact]
    public void WorkersThatCouldNotBeginFailTheJobWithTheEndOfTheirLog()
    {
        StartRecord record = Started(ClusterEngine.Slurm);
        Directory.CreateDirectory(_job.Directory.Logs);
        string log = _job.Directory.Log("import", 0);
        File.WriteAllText(log, "first\nslurm_script: line 13: /opt/dotnet: No such file or directory\n");
        ClusterJobStatus status = Read(record, s_gone);
        Assert.Equal(ClusterJobState.Failed, status.State);
        Assert.Contains("/opt/dotnet: No such file", status.Note, StringComparison.Ordinal);
        Assert.Contains(log, status.Note, StringComparison.Ordinal);

        // A task that did its items, where others were cancelled, has not failed.
        File.AppendAllText(log, "import 0: done in 0.1 s, 0.1 s of processor time\n");
        Assert.Equal(ClusterJobState.Stopped, Read(record, s_gone).State);
        File.AppendAllText(log, "slurm_script: line 13: /opt/dotnet: No such file or directory\n");
        Assert.Equal(ClusterJobState.Failed, Read(record, s_gone).State);

        // What an earlier start left tells nothing of this one.
        File.SetLastWriteTimeUtc(log, DateTime.UtcNow.AddHours(-1));
        status = Read(record, s_gone);
        Assert.Equal(ClusterJobState.Stopped, status.State);
        Assert.Contains("left no word", status.Note, StringComparison.Ordinal);

        Directory.Delete(_job.Directory.Logs, recursive: true);
        status = Read(record, s_gone);
        Assert.Equal(ClusterJobState.Failed, status.State);
        Assert.Contains(_job.Directory.Logs, status.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void ALocalJobWhoseWorkerCannotStartSaysWhatItsLogSays()
    {
        StartRecord record = Started(ClusterEngine.Local) with { HasEnded = true };
        Directory.CreateDirectory(_job.Directory.Logs);
        File.WriteAllText(Path.Combine(_job.Directory.Logs, "coordinator.log"), "could not be started: 'dotnet'\n");
        ClusterJobStatus status = Read(record, s_gone);
        Assert.Equal(ClusterJobState.Failed, status.State);
        Assert.Contains("could not be started: 'dotnet'", status.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void TasksThatAllWaitArePending()
    {
        StartRecord record = Started(ClusterEngine.Slurm);
        Assert.Equal(ClusterJobState.Pending, Read(record, s_runs with { Waits = true }).State);
        Assert.Equal(ClusterJobState.Running, Read(record, s_runs).State);
    }

    [Fact]
    public void TimeIsLeftOnlyWhereItRunsAndSomethingButTheCopyWasMeasured()
    {
        StartRecord record = Started(ClusterEngine.Slurm);
        Mark("import", 0, 10);
        Assert.Null(Read(record, s_runs).TimeLeft);
        Mark("score", 0, 3);
        Assert.NotNull(Read(record, s_runs).TimeLeft);
        Assert.Null(Read(record, s_gone).TimeLeft);
        Assert.Null(Read(record with { IsStopped = true }, s_gone).TimeLeft);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    public void AbsurdSecondsAreNoError(double seconds)
    {
        Mark("score", 0, seconds);
        Assert.Equal(1, Read(Started(ClusterEngine.Slurm), s_runs).Done);
    }

    [Fact]
    public void FailuresAlikeAreOneSentence()
    {
        ClusterJobFailure[] failures = [.. Enumerable.Range(0, 8)
            .Select(item => new ClusterJobFailure("score", item, 4, false, "It is gone.", "/logs/score-0.log"))];
        ClusterJobStatus status = Read(Started(ClusterEngine.Slurm), s_runs) with { Failures = failures };
        Assert.Equal(
            "8 items of score (0 to 7), after 4 tries each: It is gone (log: /logs/score-0.log)",
            status.FailureSummary);
        status = status with { Failures = [failures[0], failures[4] with { Message = "Other" }, failures[7]] };
        Assert.Equal(
            "2 items of score (0, 7), after 4 tries each: It is gone (log: /logs/score-0.log); " +
            "item 4 of score, after 4 tries: Other (log: /logs/score-0.log)",
            status.FailureSummary);
        Assert.Empty((status with { Failures = [] }).FailureSummary);
    }

    [Fact]
    public void AJobOfAnotherHostIsFreeOnceItWasStoppedAndElseTheWayOutIsNamed()
    {
        StartRecord record = Started(ClusterEngine.Local) with { Host = "elsewhere" };
        LocalEngine engine = new();
        EngineState state = engine.Ask(_job.Plan, _job.Directory, record);
        Assert.Null(state.IsAlive);
        Assert.Contains($"delete '{_job.Directory.StartFile}'", state.Note, StringComparison.Ordinal);
        Write(record);
        GnnReRankException error = Assert.Throws<GnnReRankException>(_job.Job.Stop);
        Assert.Equal("JobOnOtherHost", error.ErrorId);
        Assert.Contains($"delete '{_job.Directory.StartFile}'", error.Message, StringComparison.Ordinal);
        Assert.False(engine.Ask(_job.Plan, _job.Directory, record with { IsStopped = true }).IsAlive);
        Write(record with { IsStopped = true });
        Assert.Equal(ClusterJobState.Stopped, _job.Job.GetStatus().State);
    }

    [Fact]
    public void ACopyOfADirectoryWasNeverStarted()
    {
        Write(Started(ClusterEngine.Local) with { Directory = _job.Directory.In("original") });
        ClusterJobStatus status = _job.Job.GetStatus();
        Assert.Equal(ClusterJobState.Planned, status.State);
        Assert.Contains("was copied or moved", status.Note, StringComparison.Ordinal);
        GnnReRankException error = Assert.Throws<GnnReRankException>(_job.Job.Stop);
        Assert.Equal("JobNotStarted", error.ErrorId);
        Assert.Contains("was copied or moved", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADirectoryThatHoldsAnotherJobByNowIsLeftAlone()
    {
        ReRankClusterJob old = new(_job.Plan with { Id = "0123456789ab" }, _job.Directory);
        Assert.Equal("JobReplaced", Assert.Throws<GnnReRankException>(() => old.Start(new())).ErrorId);
        Assert.Equal("JobReplaced", Assert.Throws<GnnReRankException>(old.Stop).ErrorId);
        Directory.Delete(_job.Directory.Path, recursive: true);
        Assert.Equal("JobNotFound", Assert.Throws<GnnReRankException>(() => old.Start(new())).ErrorId);
        Assert.False(Directory.Exists(_job.Directory.Path));
    }

    [Fact]
    public void OnlyALockSaysThatAnotherCallIsBusy()
    {
        Directory.CreateDirectory(_job.Directory.Lock);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => _job.Job.Start(new()));
        Assert.Equal("JobDirectoryNotUsable", error.ErrorId);
        Assert.Contains(_job.Directory.Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sbatch: error: one\nsbatch: error: two.\n", "sbatch: error: one; sbatch: error: two")]
    [InlineData(" one\r\n", "one")]
    public void WhatAProgramSaidIsOneLine(string said, string line) =>
        Assert.Equal(line, EngineErrors.OneLine(said));

    private StartRecord Started(ClusterEngine engine)
    {
        StartRecord record = new()
        {
            Id = _job.Plan.Id,
            Options = new ClusterStartOptions { Engine = engine },
            Host = Environment.MachineName,
            Directory = _job.Directory.Path,
        };
        Write(record);
        return record;
    }

    private void Write(StartRecord record) =>
        ItemMarks.Write(_job.Directory.StartFile, record, MarkJson.Default.StartRecord);

    private void Mark(string stage, int item, double seconds) => new ItemMarks(_job.Directory, _job.Plan.Id)
        .MarkDone(stage, item, new DoneMark(_job.Plan.Id, "here", seconds, seconds, 1, 1));

    private ClusterJobStatus Read(StartRecord record, EngineState engine) =>
        new StatusReader(_job.Plan, _job.Directory).Read(record, engine);
}
