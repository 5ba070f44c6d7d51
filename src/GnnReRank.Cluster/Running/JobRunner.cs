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

    private readonly StartRecords _start = new(plan, directory);

    private readonly StatusReader _reader = new(plan, directory);

    /// <summary>Slurm's programs.</summary>
    public SlurmCommands Slurm { get; init; } = new();

    /// <summary>The stages as they were planned: no mark is read.</summary>
    public IReadOnlyList<ClusterStageStatus> Planned =>
        PublicList.Of<ClusterStageStatus>([.. StageList.Of(plan).Select(_reader.Planned)]);

    /// <summary>Where the job was started last; null where it never was.</summary>
    public ClusterStartOptions? StartedWith => _start.Read()?.Options;

    public ClusterJobStatus GetStatus()
    {
        // The engine first: items may end between the two questions, and then their marks are there.
        StartRecord? record = _start.Read();
        ClusterJobStatus status = _reader.Read(record, Ask(record));
        return record is null && _start.ForeignNote() is string note ? status with { Note = note } : status;
    }

    /// <exception cref="GnnReRankException">
    /// It runs already, is done, or the engine is not there or refuses.
    /// </exception>
    public void Start(ClusterStartOptions options) => Guarded(() => StartHere(options));

    /// <exception cref="GnnReRankException">
    /// It runs, was never started, or the engine is not there or refuses.
    /// </exception>
    public void Resume(ClusterStartOptions? options) => Start(
        _start.Require() is StartRecord record && options is null ? record.Options : options!);

    /// <exception cref="GnnReRankException">It was never started, or the engine is not there.</exception>
    public void Stop() => Guarded(StopHere);

    private void StartHere(ClusterStartOptions options)
    {
        RequireOwn();
        using FileStream turn = TakeTurn();
        StartRecord? record = _start.Read();
        EngineState engine = Ask(record);
        if (record is not null && engine.IsAlive != false)
        {
            throw engine.IsAlive == true
                ? EngineErrors.Runs(directory.Path, How(engine))
                : EngineErrors.Unknown(directory.Path, engine.Note);
        }

        // A copy of the directory bears the same name in Slurm as what it was copied from.
        if (record is null && options.Engine == ClusterEngine.Slurm &&
            new SlurmEngine(Slurm).FindTasks(plan) is { IsAlive: true } others)
        {
            throw EngineErrors.Runs(directory.Path, How(others));
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

    private void StopHere()
    {
        RequireOwn();
        using FileStream turn = TakeTurn();
        StartRecord record = _start.Require();
        EngineOf(record.Options.Engine).Stop(plan, directory, record);

        // Read again: the process that runs the stages may have noted its end.
        record = _start.Read() ?? record;
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

            if (status.State is not (ClusterJobState.Running or ClusterJobState.Pending))
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

    /// <summary>Another job may have come into the directory since this one was opened.</summary>
    private void RequireOwn()
    {
        directory.RequireThere();
        if (ItemMarks.Read(directory.Plan, PlanJson.Default.PlanHead)?.Id is string id && id != plan.Id)
        {
            throw EngineErrors.Replaced(id, plan.Id);
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw EngineErrors.NotUsable(directory.Path, fault);
        }
    }

    private EngineState Ask(StartRecord? record) => record is null
        ? new EngineState(IsAlive: false, [], Note: null)
        : EngineOf(record.Options.Engine).Ask(plan, directory, record);

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
        catch (IOException fault) when (IsLocked(fault))
        {
            throw EngineErrors.Busy(directory.Path);
        }
    }

    private static bool IsLocked(IOException fault)
    {
        const int windowsSharing = unchecked((int)0x80070020);
        const int windowsLock = unchecked((int)0x80070021);
        const int linuxAgain = 11;
        const int macAgain = 35;
        return fault.HResult == (OperatingSystem.IsWindows() ? windowsSharing
            : OperatingSystem.IsLinux() ? linuxAgain : macAgain) || fault.HResult == windowsLock;
    }
}
