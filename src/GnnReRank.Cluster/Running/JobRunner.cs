using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Running;

/// <summary>Starts, stops and watches a job.</summary>
internal sealed class JobRunner(JobPlan plan, JobDirectory directory)
{
    private const string ItemUnit = "items";
    private const double PauseGrowth = 1.5;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    // The controller of a large cluster answers many.
    private static readonly TimeSpan s_longestSlurmPause = TimeSpan.FromSeconds(5);

    private readonly StatusReader _reader = new(plan, directory);

    /// <summary>Slurm's programs.</summary>
    public SlurmCommands Slurm { get; init; } = new();

    /// <summary>The stages as they were planned: no mark is read.</summary>
    public IReadOnlyList<ClusterStageStatus> Planned =>
        PublicList.Of<ClusterStageStatus>([.. StageList.Of(plan).Select(_reader.Planned)]);

    /// <summary>Where the job was started last; null where it never was.</summary>
    public ClusterStartOptions? StartedWith => Record()?.Options;

    public ClusterJobStatus GetStatus()
    {
        // The engine first: items may end between the two questions, and then their marks are there.
        StartRecord? record = Record();
        return _reader.Read(record, Ask(record));
    }

    /// <exception cref="GnnReRankException">
    /// It runs already, is done, or the engine is not there or refuses.
    /// </exception>
    public void Start(ClusterStartOptions options)
    {
        using FileStream turn = TakeTurn();
        StartRecord? record = Record();
        EngineState engine = Ask(record);
        if (record is not null && engine.IsAlive != false)
        {
            throw engine.IsAlive == true
                ? EngineErrors.Runs(directory.Path, How(engine))
                : EngineErrors.Unknown(directory.Path, engine.Note);
        }

        ItemMarks marks = new(directory, plan.Id);
        IJobStage[] left = [.. StageList.Of(plan).Where(stage =>
            Enumerable.Range(0, stage.CountItems(plan)).Any(item => marks.Done(stage.Name, item) is null))];
        if (left.Length == 0)
        {
            throw EngineErrors.IsDone(directory.Path);
        }

        RemoveLeftovers(left);
        EngineOf(options.Engine).Start(plan, directory, left, options);
    }

    /// <exception cref="GnnReRankException">
    /// It runs, was never started, or the engine is not there or refuses.
    /// </exception>
    public void Resume(ClusterStartOptions? options) => Start(
        (Record() ?? throw EngineErrors.NeverStarted(directory.Path)) is StartRecord record && options is null
            ? record.Options
            : options!);

    /// <exception cref="GnnReRankException">It was never started, or the engine is not there.</exception>
    public void Stop()
    {
        using FileStream turn = TakeTurn();
        StartRecord record = Record() ?? throw EngineErrors.NeverStarted(directory.Path);
        EngineOf(record.Options.Engine).Stop(plan, record);

        // Read again: the process that runs the stages may have noted its end.
        record = Record() ?? record;
        ItemMarks.Write(directory.StartFile, record with { IsStopped = true }, MarkJson.Default.StartRecord);
    }

    /// <summary>Waits until no task is left.</summary>
    /// <exception cref="GnnReRankException">It was never started.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ClusterJobStatus Wait(ComputeOptions options)
    {
        TimeSpan pause = s_firstPause;
        while (true)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            ClusterJobStatus status = GetStatus();
            Report(status, options);
            if (status.State == ClusterJobState.Planned)
            {
                throw EngineErrors.NeverStarted(directory.Path);
            }

            if (status.State != ClusterJobState.Running)
            {
                return status;
            }

            options.CancellationToken.WaitHandle.WaitOne(pause);
            TimeSpan longest = status.SlurmJobs.Count > 0 ? s_longestSlurmPause : s_longestPause;
            pause = pause * PauseGrowth < longest ? pause * PauseGrowth : longest;
        }
    }

    /// <exception cref="GnnReRankException">A word cannot stand in a script.</exception>
    public IReadOnlyDictionary<string, string> GetScripts(ClusterStartOptions options)
    {
        int most = new SlurmEngine(Slurm).MostElements();
        OrderedDictionary<string, string> scripts = [];
        foreach (IJobStage stage in StageList.Of(plan))
        {
            scripts.Add(SlurmScripts.NameOf(stage), SlurmScripts.Of(plan, directory, stage, most, options));
        }

        return scripts;
    }

    private static void Report(ClusterJobStatus status, ComputeOptions options)
    {
        if (status.Stages.FirstOrDefault(stage => stage.Done < stage.Items) is ClusterStageStatus stage)
        {
            int number = status.Stages.TakeWhile(other => other != stage).Count() + 1;
            string name = FormattableString.Invariant($"stage {number} of {status.Stages.Count}, {stage.Stage}");
            options.Progress?.Report(new StageProgress(name, stage.Done, stage.Items, ItemUnit)
            {
                Remaining = status.TimeLeft,
                WholePercent = (int)(100L * status.Done / status.Items),
            });
        }
    }

    private static string How(EngineState engine) =>
        engine.Jobs.Count == 0 ? string.Empty : $", as Slurm's jobs {string.Join(", ", engine.Jobs)}";

    private StartRecord? Record() =>
        ItemMarks.Read(directory.StartFile, MarkJson.Default.StartRecord) is StartRecord record &&
        record.Id == plan.Id
            ? record
            : null;

    private EngineState Ask(StartRecord? record) => record is null
        ? new EngineState(IsAlive: false, [], Note: null)
        : EngineOf(record.Options.Engine).Ask(plan, record);

    private IJobEngine EngineOf(ClusterEngine engine) =>
        engine == ClusterEngine.Slurm ? new SlurmEngine(Slurm) : new LocalEngine();

    /// <summary>
    /// Removes what killed tasks were writing, and what they failed with: each item has its tries anew.
    /// </summary>
    private void RemoveLeftovers(IEnumerable<IJobStage> stages)
    {
        DeleteFiles("failed", "*");
        foreach (string folder in stages.Select(stage => stage.Name).Concat(["shards", "done"]))
        {
            DeleteFiles(folder, "*.tmp");
        }
    }

    private void DeleteFiles(string folder, string pattern)
    {
        if (Directory.Exists(directory.In(folder)))
        {
            Array.ForEach(Directory.GetFiles(directory.In(folder), pattern), File.Delete);
        }
    }

    /// <summary>Held while the job is started or stopped, and let go even by a process that is killed.</summary>
    private FileStream TakeTurn()
    {
        try
        {
            return new FileStream(directory.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw EngineErrors.Busy(directory.Path);
        }
    }
}
