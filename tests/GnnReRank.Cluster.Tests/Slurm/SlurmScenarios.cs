using System.Diagnostics;
using System.Globalization;
using GnnReRank.Tests.Running;
using static GnnReRank.Tests.Slurm.SlurmCluster;

namespace GnnReRank.Tests.Slurm;

/// <summary>
/// Jobs on one cluster, side by side, as each waits most of its time. A test looks at how its own went.
/// </summary>
public sealed class SlurmScenarios : IDisposable
{
    private readonly SlurmCluster? _cluster;

    // Those that submit once, before the controller goes away; and those that submit again, when it is back.
    private readonly CountdownEvent _submitted = new(3);
    private readonly ManualResetEventSlim _isBack = new();

    private readonly Dictionary<string, Task> _scenarios = [];

    public SlurmScenarios()
    {
        if (Missing is not null)
        {
            return;
        }

        _cluster = new SlurmCluster();
        Begin(nameof(Whole), Whole);
        Begin(nameof(KilledWorker), KilledWorker);
        Begin(nameof(KilledNode), KilledNode);
        Begin(nameof(ControllerAway), ControllerAway);
        Begin(nameof(BrokenShard), BrokenShard);
        Begin(nameof(StopAndResume), StopAndResume);
        Begin(nameof(Refused), Refused);
    }

    public Task Of(string name)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? string.Empty);
        return _scenarios[name];
    }

    public void Dispose()
    {
        Task.WaitAll([.. _scenarios.Values.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default))]);
        _cluster?.Dispose();
        _submitted.Dispose();
        _isBack.Dispose();
    }

    internal static ClusterStartOptions Options { get; } = new()
    {
        Engine = ClusterEngine.Slurm,
        TimeLimit = TimeSpan.FromMinutes(30),
        SbatchArguments = [$"--exclude={MortalNode}"],
    };

    internal void Whole()
    {
        using PlannedJob job = new(new DiffusionSettings());
        job.Job.Start(Options);
        _submitted.Signal();
        Finish(job);
        Assert.All(job.Attempts(), attempt => Assert.Equal(1, attempt));
    }

    internal void KilledWorker()
    {
        using PlannedJob job = new(new CosineSettings(), Gates.KillOnce);
        job.Job.Start(Options);
        _submitted.Signal();
        Finish(job);
        Assert.True(File.Exists(job.Directory.In("killed")));
    }

    internal void KilledNode()
    {
        using PlannedJob job = new(new CosineSettings(), """
            if [ "$9" = score ] && [ "$SLURMD_NODENAME" = n3 ]; then
                echo "$$ $PPID $(ps -o ppid= $PPID)" > "$5/at" && mv "$5/at" "$5/where"
                exec sleep 600
            fi
            """, tasks: 1);
        job.Job.Start(Options with { SbatchArguments = [] });
        _submitted.Signal();
        string where = job.Directory.In("where");
        Until(() => File.Exists(where), "a task on the node");
        _cluster!.KillNode(MortalNode);
        foreach (string id in File.ReadAllText(where).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            using Process process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            process.Kill();
        }

        Finish(job);
    }

    internal void ControllerAway()
    {
        using PlannedJob job = new(new CosineSettings(), Gates.WaitForOpening, tasks: 1);
        _submitted.Wait(TestContext.Current.CancellationToken);
        job.Job.Start(Options);
        Until(() => File.Exists(job.Directory.In("waits")), "the task");
        Dictionary<string, DateTime> before = job.DoneMarks();
        _cluster!.StopController();
        ClusterJobStatus status = job.Job.GetStatus();
        Assert.Equal(ClusterJobState.Running, status.State);
        Assert.Contains("Slurm does not answer", status.Note, StringComparison.Ordinal);
        Assert.Equal(before.Count, status.Done);
        Assert.Empty(status.Failures);
        File.WriteAllText(job.Directory.In("open"), string.Empty);
        Until(() => job.Job.GetStatus().Stages.Single(stage => stage.Stage == "score") is var stage &&
            stage.Done == stage.Items, "items");
        _cluster.StartController();
        _isBack.Set();
        Finish(job);
        Dictionary<string, DateTime> after = job.DoneMarks();
        Assert.All(before, mark => Assert.Equal(mark.Value, after[mark.Key]));
        Assert.All(job.Attempts(), attempt => Assert.Equal(1, attempt));
    }

    internal void BrokenShard()
    {
        _isBack.Wait(TestContext.Current.CancellationToken);
        using PlannedJob job = new(new CosineSettings(), Gates.DamageShard, tasks: 1);
        string shard = job.Directory.Shard(2);
        job.Job.Start(Options);
        ClusterJobStatus status = job.Job.Wait();
        job.RequireFailure(status, shard, attempts: 1, isPermanent: true);

        File.WriteAllText(job.Directory.In("missing"), string.Empty);
        job.Job.Resume();
        status = job.Job.Wait();
        job.RequireFailure(status, shard, attempts: 4, isPermanent: false);

        Dictionary<string, DateTime> before = job.DoneMarks();
        job.MendShard(shard);
        job.Job.Resume();
        Finish(job);
        Dictionary<string, DateTime> after = job.DoneMarks();
        Assert.All(before, mark => Assert.Equal(mark.Value, after[mark.Key]));
    }

    internal void StopAndResume()
    {
        _isBack.Wait(TestContext.Current.CancellationToken);
        using PlannedJob job = new(new CosineSettings(), Gates.WaitForOpening, tasks: 1);
        job.Job.Start(Options);
        Until(() => File.Exists(job.Directory.In("waits")), "the task");
        Assert.Equal("JobRuns", Assert.Throws<GnnReRankException>(() => job.Job.Start(Options)).ErrorId);
        Assert.NotEmpty(job.Job.GetStatus().SlurmJobs);
        job.Job.Stop();
        Assert.Equal(ClusterJobState.Stopped, job.Job.GetStatus().State);
        File.WriteAllText(job.Directory.In("open"), string.Empty);
        job.Job.Resume();
        Finish(job);
    }

    internal void Refused()
    {
        _isBack.Wait(TestContext.Current.CancellationToken);
        using PlannedJob job = new(new CosineSettings());
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => job.Job.Start(Options with { Partition = "nowhere" }));
        Assert.Equal("SlurmRefused", error.ErrorId);
        Assert.Contains("invalid partition", error.Message, StringComparison.Ordinal);
        Assert.Equal(ClusterJobState.Planned, job.Job.GetStatus().State);
    }

    private static void Finish(PlannedJob job)
    {
        ClusterJobStatus status = job.Job.Wait();
        Assert.Empty(status.Failures);
        Assert.Equal(ClusterJobState.Completed, status.State);
        job.RequireSameBits();
    }

    private void Begin(string name, Action scenario) => _scenarios.Add(name, Task.Factory.StartNew(
        scenario, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
}
