using System.Diagnostics;
using GnnReRank.Cluster.Marks;
using GnnReRank.Tests.Slurm;

namespace GnnReRank.Tests.Running;

public sealed class LocalEngineTests
{
    private static readonly ClusterStartOptions s_here = new() { Engine = ClusterEngine.Local };

    public static bool HasBash => File.Exists("/bin/bash");

    /// <summary>On Windows without the kill.</summary>
    [Fact]
    public void AJobIsTheSameBitsAsOneProcessThoughAWorkerIsKilled()
    {
        using PlannedJob job = new(new DiffusionSettings(), HasBash ? Gates.KillOnce : null);
        Assert.Equal(ClusterJobState.Planned, job.Job.GetStatus().State);
        job.Job.Start(s_here);
        Finish(job);
        Assert.Equal(HasBash, File.Exists(job.Directory.In("killed")));
        Assert.Equal("JobIsDone", Assert.Throws<GnnReRankException>(() => job.Job.Start(s_here)).ErrorId);
    }

    [Fact(Skip = "It needs bash.", SkipUnless = nameof(HasBash))]
    public void ABrokenShardFailsTheJobUntilItIsMended()
    {
        using PlannedJob job = new(new CosineSettings(), Gates.DamageShard, tasks: 1);
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

    [Fact(Skip = "It needs bash.", SkipUnless = nameof(HasBash))]
    public void AJobGoesOnAfterADeadCoordinatorAndAfterAStop()
    {
        using PlannedJob job = new(new CosineSettings(), Gates.WaitForOpening, tasks: 1);
        job.Job.Start(s_here);
        WaitForTask(job);
        Assert.Equal(ClusterJobState.Running, job.Job.GetStatus().State);
        Assert.Equal("JobRuns", Assert.Throws<GnnReRankException>(() => job.Job.Start(s_here)).ErrorId);
        StartRecord record = ItemMarks.Read(job.Directory.StartFile, MarkJson.Default.StartRecord)!;
        using (Process coordinator = Process.GetProcessById(record.ProcessId))
        {
            coordinator.Kill();
        }

        ClusterJobStatus status = job.Job.Wait();
        Assert.Equal(ClusterJobState.Stopped, status.State);
        Assert.Equal("score", status.Stage);

        File.Delete(job.Directory.In("waits"));
        job.Job.Resume();
        WaitForTask(job);
        job.Job.Stop();
        Assert.Equal(ClusterJobState.Stopped, job.Job.GetStatus().State);

        File.WriteAllText(job.Directory.In("open"), string.Empty);
        job.Job.Resume();
        Finish(job);
    }

    [Fact]
    public void WhileAnotherCallStartsItAJobIsNotStarted()
    {
        using PlannedJob job = new(new CosineSettings());
        using FileStream other = new(
            job.Directory.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal("JobBusy", Assert.Throws<GnnReRankException>(() => job.Job.Start(s_here)).ErrorId);
        Assert.Equal("JobBusy", Assert.Throws<GnnReRankException>(job.Job.Stop).ErrorId);
        Assert.Equal("JobNotStarted", Assert.Throws<GnnReRankException>(() => job.Job.Resume()).ErrorId);
        Assert.Equal("JobNotStarted", Assert.Throws<GnnReRankException>(() => job.Job.Wait()).ErrorId);
    }

    [Theory]
    [InlineData("nowhere/dotnet", "WorkerNotStarted")]
    [InlineData("dotnet", "WorkerEnded")]
    public void AWorkerThatIsNoneIsNamed(string program, string errorId)
    {
        using PlannedJob job = new(new CosineSettings());
        ReRankClusterJob other = new(job.Plan with { Worker = [program] }, job.Directory);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => other.Start(s_here));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(program, error.Message, StringComparison.Ordinal);
        Assert.Equal(ClusterJobState.Planned, other.GetStatus().State);
    }

    private static void WaitForTask(PlannedJob job) =>
        SlurmCluster.Until(() => File.Exists(job.Directory.In("waits")), "the task");

    private static void Finish(PlannedJob job)
    {
        ClusterJobStatus status = job.Job.Wait();
        Assert.Empty(status.Failures);
        Assert.Equal(ClusterJobState.Completed, status.State);
        job.RequireSameBits();
    }
}
