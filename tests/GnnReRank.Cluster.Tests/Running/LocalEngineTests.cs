using System.Diagnostics;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Running;
using GnnReRank.Tests.Slurm;

namespace GnnReRank.Tests.Running;

public sealed class LocalEngineTests
{
    private static readonly ClusterStartOptions s_here = new() { Engine = ClusterEngine.Local, LocalTasks = 2 };

    public static bool HasBash => File.Exists("/bin/bash");

    [Fact]
    public void AJobIsTheSameBitsAsOneProcess()
    {
        using PlannedJob job = new(new DiffusionSettings());
        Assert.Equal(ClusterJobState.Planned, job.Job.GetStatus().State);
        job.Job.Start(s_here);
        Finish(job);
        Assert.All(job.Attempts(), attempt => Assert.Equal(1, attempt));
        Assert.Equal("JobIsDone", Assert.Throws<GnnReRankException>(() => job.Job.Start(s_here)).ErrorId);
    }

    [Fact(Skip = "It needs bash.", SkipUnless = nameof(HasBash))]
    public void AKilledWorkerRunsAgain()
    {
        using PlannedJob job = new(new CosineSettings(), Gates.KillOnce);
        job.Job.Start(s_here);
        Finish(job);
        Assert.True(File.Exists(job.Directory.In("killed")));
    }

    [Fact(Skip = "It needs bash.", SkipUnless = nameof(HasBash))]
    public void ABrokenShardFailsTheJobUntilItIsMended()
    {
        using PlannedJob job = new(new CosineSettings(), Gates.DamageShard);
        string shard = job.Directory.Shard(2);
        job.Job.Start(s_here);
        job.RequireFailure(job.Job.Wait(), shard, attempts: 1, isPermanent: true);

        File.WriteAllText(job.Directory.In("missing"), string.Empty);
        job.Job.Resume();
        job.RequireFailure(job.Job.Wait(), shard, attempts: 4, isPermanent: false);

        Dictionary<string, DateTime> before = job.DoneMarks();
        job.MendShard(shard);
        job.Job.Resume();
        Finish(job);
        Dictionary<string, DateTime> after = job.DoneMarks();
        Assert.All(before, mark => Assert.Equal(mark.Value, after[mark.Key]));
    }

    [Theory(Skip = "It needs bash.", SkipUnless = nameof(HasBash))]
    [InlineData(false)]
    [InlineData(true)]
    public void AJobGoesOnAfterAStopOrADeadCoordinator(bool isKilled)
    {
        using PlannedJob job = new(new CosineSettings(), Gates.WaitForOpening);
        job.Job.Start(s_here);
        SlurmCluster.Until(() => File.Exists(job.Directory.In("waits")), "the task");
        Assert.Equal(ClusterJobState.Running, job.Job.GetStatus().State);
        Assert.Equal("JobRuns", Assert.Throws<GnnReRankException>(() => job.Job.Start(s_here)).ErrorId);
        StartRecord record = ItemMarks.Read(job.Directory.StartRecord, PlanJson.Default.StartRecord)!;
        if (isKilled)
        {
            using Process coordinator = Process.GetProcessById(record.ProcessId);
            coordinator.Kill();
            SlurmCluster.Until(() => job.Job.GetStatus().State != ClusterJobState.Running, "the end");
        }
        else
        {
            job.Job.Stop();
        }

        ClusterJobStatus status = job.Job.GetStatus();
        Assert.Equal(ClusterJobState.Stopped, status.State);
        Assert.Equal("score", status.Stage);
        File.WriteAllText(job.Directory.In("open"), string.Empty);
        job.Job.Resume();
        Finish(job);
    }

    private static void Finish(PlannedJob job)
    {
        ClusterJobStatus status = job.Job.Wait();
        Assert.Empty(status.Failures);
        Assert.Equal(ClusterJobState.Completed, status.State);
        job.RequireSameBits();
    }
}
