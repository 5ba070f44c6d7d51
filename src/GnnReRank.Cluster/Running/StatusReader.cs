using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Running;

/// <summary>How far a job is, from its marks and what its engine says.</summary>
internal sealed class StatusReader(JobPlan plan, JobDirectory directory)
{
    private const string Silent =
        "Its process ended without a word: it was killed, as when memory or time runs out, or its machine went down. " +
        "See the log.";

    private readonly ItemMarks _marks = new(directory, plan.Id);

    // They do not change, and a wait reads them again and again.
    private readonly Dictionary<(string Stage, int Item), DoneMark> _done = [];

    private readonly Dictionary<string, ItemEstimate> _estimates = [];

    /// <param name="record">How it was started; null where it was not.</param>
    /// <param name="engine">What the engine said, before this call.</param>
    public ClusterJobStatus Read(StartRecord? record, EngineState engine)
    {
        // Whoever is gone tells nothing more: what was begun has failed, except where someone stopped it.
        bool isOver = engine.IsAlive == false && record is { IsStopped: false };
        HashSet<string> marked = [.. Names("done"), .. Names("failed")];
        List<ClusterJobFailure> failures = [];
        ClusterStageStatus[] stages = [.. StageList.Of(plan).Select(stage => Read(stage, marked, isOver, failures))];
        bool isDone = stages.All(stage => stage.Done == stage.Items);
        (ClusterJobState state, string? silence) = isDone
            ? (ClusterJobState.Completed, null)
            : StateOf(record, engine, failures, stages);
        return new ClusterJobStatus
        {
            State = state,
            Stages = stages,
            TimeLeft = isDone ? TimeSpan.Zero : state == ClusterJobState.Running ? TimeLeft(stages) : null,
            Failures = failures,
            SlurmJobs = engine.Jobs,
            Note = isDone ? null : engine.Note ?? silence,
        };
    }

    /// <summary>What a stage needs, whatever is done of it.</summary>
    public ClusterStageStatus Planned(IJobStage stage)
    {
        int items = stage.CountItems(plan);
        ItemEstimate estimate = Estimate(stage);
        return new ClusterStageStatus
        {
            Stage = stage.Name,
            Items = items,
            Tasks = Math.Min(items, plan.Tasks),
            MemoryBytes = TaskMemory.Of(estimate),
            ScratchBytes = estimate.WrittenBytes * items,
            ReadBytes = estimate.ReadBytes * items,
            EstimatedTime = Seconds(StageNeeds.Seconds(plan, estimate, items)),
        };
    }

    /// <summary>The state, and what is known of tasks that ended and left no failure.</summary>
    private (ClusterJobState State, string? Silence) StateOf(
        StartRecord? record, EngineState engine, List<ClusterJobFailure> failures, ClusterStageStatus[] stages)
    {
        if (record is null || record.IsStopped || engine.IsAlive != false)
        {
            return (record is null ? ClusterJobState.Planned
                : record.IsStopped ? ClusterJobState.Stopped
                : engine.Waits ? ClusterJobState.Pending : ClusterJobState.Running, null);
        }

        if (failures.Count == 0)
        {
            string stage = stages.First(stage => stage.Done < stage.Items).Stage;
            (bool hasFailed, string note) = SilentEnd.Of(record, directory, stage);
            return (hasFailed ? ClusterJobState.Failed : ClusterJobState.Stopped, note);
        }

        return (
            record.HasEnded || record.Options.Engine == ClusterEngine.Slurm
                ? ClusterJobState.Failed
                : ClusterJobState.Stopped,
            SilentEnd.FullDisk(directory));
    }

    /// <summary>
    /// The marks that are there: most items of a large job have none, and a shared disk is slow to say so.
    /// </summary>
    private IEnumerable<string> Names(string folder) => Directory.Exists(directory.In(folder))
        ? Directory.EnumerateFiles(directory.In(folder)).Select(path => Path.GetFileName(path))
        : [];

    private ClusterStageStatus Read(
        IJobStage stage, HashSet<string> marked, bool isOver, List<ClusterJobFailure> failures)
    {
        int items = stage.CountItems(plan);
        List<DoneMark> done = [];
        int failed = failures.Count;
        for (int item = 0; item < items; item++)
        {
            if (!marked.Contains(Path.GetFileName(directory.Done(stage.Name, item))))
            {
                continue;
            }

            if (Done(stage.Name, item) is DoneMark mark)
            {
                done.Add(mark);
            }
            else if (_marks.Failed(stage.Name, item) is FailedMark fault && (isOver || fault.Message is not null))
            {
                string log = directory.Log(stage.Name, fault.Element);
                failures.Add(new ClusterJobFailure(
                    stage.Name, item, fault.Attempts, fault.IsPermanent, fault.Message ?? Silent,
                    File.Exists(log) ? log : null));
            }
        }

        return Planned(stage) with
        {
            Done = done.Count,
            Failed = failures.Count - failed,
            ProcessorTime = Seconds(done.Sum(mark => mark.ProcessorSeconds)),
            Elapsed = Seconds(done.Sum(mark => mark.Seconds)),
            PeakMemoryBytes = done.Count == 0 ? 0 : done.Max(mark => mark.PeakMemory),
        };
    }

    private ItemEstimate Estimate(IJobStage stage)
    {
        if (!_estimates.TryGetValue(stage.Name, out ItemEstimate estimate))
        {
            estimate = stage.Estimate(plan);
            _estimates.Add(stage.Name, estimate);
        }

        return estimate;
    }

    private DoneMark? Done(string stage, int item)
    {
        if (!_done.TryGetValue((stage, item), out DoneMark? mark) && _marks.Done(stage, item) is DoneMark read)
        {
            mark = read;
            _done.Add((stage, item), read);
        }

        return mark;
    }

    /// <summary>
    /// What is left by each stage's own pace, or by its estimate times how far the others missed theirs. The first
    /// copies rows: how fast a disk is tells nothing of the rest.
    /// </summary>
    private static TimeSpan? TimeLeft(ClusterStageStatus[] stages)
    {
        ClusterStageStatus[] computed = stages[1..];
        double took = computed.Sum(stage => stage.Elapsed.TotalSeconds);
        double expected = computed.Sum(stage => stage.EstimatedTime.TotalSeconds * stage.Done / stage.Items);
        if (computed.All(stage => stage.Done == 0))
        {
            return null;
        }

        double factor = expected > 0 ? took / expected : 1;
        return Seconds(stages.Sum(stage => (stage.Items - stage.Done) / (double)stage.Tasks * (stage.Done > 0
            ? stage.Elapsed.TotalSeconds / stage.Done
            : stage.EstimatedTime.TotalSeconds * factor / stage.Items)));
    }

    private static TimeSpan Seconds(double seconds) =>
        TimeSpan.FromSeconds(double.IsNaN(seconds)
            ? 0
            : Math.Clamp(seconds, 0, TimeSpan.MaxValue.TotalSeconds / 2));
}
