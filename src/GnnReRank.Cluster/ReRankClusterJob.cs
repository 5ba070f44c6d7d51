using System.Globalization;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Results;
using GnnReRank.Cluster.Running;

namespace GnnReRank;

/// <summary>
/// A re-ranking job that is cut in items, on a directory that all its machines see. What it knows lies in that
/// directory: any process may open it, and ask how far it is.
/// </summary>
public sealed class ReRankClusterJob
{
    private readonly JobPlan _plan;
    private readonly JobDirectory _directory;
    private readonly JobRunner _runner;

    internal ReRankClusterJob(JobPlan plan, JobDirectory directory, SlurmCommands? slurm = null)
    {
        (_plan, _directory) = (plan, directory);
        _runner = new JobRunner(plan, directory) { Slurm = slurm ?? new SlurmCommands() };
    }

    /// <summary>The job's directory.</summary>
    public string Path => _directory.Path;

    /// <summary>Tells this job from others.</summary>
    public string Id => _plan.Id;

    /// <summary>The method and its parameters, for people.</summary>
    public string Method => _plan.Method;

    /// <summary>Queries.</summary>
    public int QueryCount => _plan.Query.RowCount;

    /// <summary>Gallery rows.</summary>
    public int GalleryCount => _plan.Gallery.RowCount;

    /// <summary>Values a row.</summary>
    public int Dimension => _plan.Dimension;

    /// <summary>Gallery rows kept a query.</summary>
    public int Top => _plan.Top;

    /// <summary>Neighbours of a row, itself included; 0 where the method needs none.</summary>
    public int NeighborCount => _plan.NeighborCount;

    /// <summary>The recall that was asked of the lists of neighbours; null where they are exact.</summary>
    public double? Recall => _plan.Recall;

    /// <summary>Threads a task; 0 takes all that it is given.</summary>
    public int ThreadsPerTask => _plan.ThreadsPerTask;

    /// <summary>Bytes of memory a task.</summary>
    public long MemoryPerTask => _plan.MemoryPerTask;

    /// <summary>Shards of features.</summary>
    public int ShardCount => ShardMap.Of(_plan).Count;

    /// <summary>Bytes that the job writes to its directory, estimated.</summary>
    public long ScratchBytes =>
        StageList.Of(_plan).Sum(stage => stage.Estimate(_plan).WrittenBytes * stage.CountItems(_plan));

    /// <summary>
    /// Estimated time of all stages, one after the other, on the tasks that share their items; a guess from the machine
    /// that planned it.
    /// </summary>
    public TimeSpan EstimatedTime => TimeSpan.FromTicks(Stages.Sum(stage => stage.EstimatedTimeOnTasks.Ticks));

    /// <summary>The stages in their order, with what they need: the plan, whatever is done of it.</summary>
    public IReadOnlyList<ClusterStageStatus> Stages => _runner.Planned;

    /// <summary>Where it was started last; null where it never was.</summary>
    public ClusterStartOptions? StartedWith => _runner.StartedWith;

    /// <summary>What is worth knowing before it runs: caps, memory that does not fit.</summary>
    public IReadOnlyList<string> Notes => PublicList.Of(_plan.Notes);

    /// <summary>Plans a job: reads the shapes of its files, checks all, and writes the plan. Nothing runs.</summary>
    /// <param name="path">Its directory, which is made; it may exist if it is empty.</param>
    /// <param name="options">What it computes.</param>
    /// <exception cref="GnnReRankException">Something does not fit, or the directory has files in it.</exception>
    public static ReRankClusterJob Create(string path, ClusterJobOptions options)
    {
        ReRankClusterJob job = Preview(path, options);
        NewJobFolder.Write(job._directory, job._plan);
        return job;
    }

    /// <summary>
    /// The job that <see cref="Create"/> would plan: nothing is written, so that it can be looked at, not started.
    /// </summary>
    /// <param name="path">Its directory.</param>
    /// <param name="options">What it computes.</param>
    /// <exception cref="GnnReRankException">Something does not fit, or the directory has files in it.</exception>
    public static ReRankClusterJob Preview(string path, ClusterJobOptions options)
    {
        JobDirectory directory = new(System.IO.Path.GetFullPath(path));
        NewJobFolder.RequireEmpty(directory.Path);
        return new ReRankClusterJob(PlanMaker.Make(options), directory);
    }

    /// <summary>Whether a directory has the plan of a job in it.</summary>
    /// <param name="path">The directory.</param>
    public static bool Exists(string path) => File.Exists(new JobDirectory(System.IO.Path.GetFullPath(path)).Plan);

    /// <summary>Opens a job that was planned.</summary>
    /// <param name="path">Its directory.</param>
    /// <exception cref="GnnReRankException">There is no plan, or one of another version.</exception>
    public static ReRankClusterJob Open(string path)
    {
        JobDirectory directory = new(System.IO.Path.GetFullPath(path));
        return new ReRankClusterJob(PlanFile.Read(directory), directory);
    }

    /// <summary>The scripts that starting it would submit, by their names: nothing is written.</summary>
    /// <param name="options">Where it would run.</param>
    /// <exception cref="GnnReRankException">A word cannot stand in a script.</exception>
    public IReadOnlyDictionary<string, string> GetScripts(ClusterStartOptions options) => _runner.GetScripts(options);

    /// <summary>The tasks at a time that this machine would run, with <see cref="ClusterEngine.Local"/>.</summary>
    /// <param name="options">Where it would run.</param>
    public int GetLocalTasks(ClusterStartOptions options) => LocalEngine.TasksOf(_plan, options);

    /// <summary>Starts it; the call does not wait for it. A job whose tasks run is refused.</summary>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="GnnReRankException">
    /// It runs already, is done, or the engine is not there or refuses.
    /// </exception>
    public void Start(ClusterStartOptions options)
    {
        RequireWritten();
        _runner.Start(options);
    }

    /// <summary>Goes on with a job that failed or was stopped: what is done is not done again.</summary>
    /// <param name="options">Where it runs; null takes what it was started with.</param>
    /// <exception cref="GnnReRankException">
    /// It runs, was never started, or the engine is not there or refuses.
    /// </exception>
    public void Resume(ClusterStartOptions? options = null)
    {
        RequireWritten();
        _runner.Resume(options);
    }

    /// <summary>Cancels its tasks; what is done stays.</summary>
    /// <exception cref="GnnReRankException">The engine is not there, or the job was never started.</exception>
    public void Stop()
    {
        RequireWritten();
        _runner.Stop();
    }

    /// <summary>How far it is.</summary>
    public ClusterJobStatus GetStatus() => _runner.GetStatus();

    /// <summary>Waits until it is done, or failed; nothing is cancelled where waiting is.</summary>
    /// <param name="options">Cancellation, and where progress goes.</param>
    /// <returns>The last status.</returns>
    /// <exception cref="GnnReRankException">It was never started.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ClusterJobStatus Wait(ComputeOptions? options = null) => _runner.Wait(options ?? ComputeOptions.Default);

    /// <summary>The ranking of a job that is done.</summary>
    /// <param name="query">
    /// The queries, with what is known of them; null takes the job's own copies, without labels.
    /// </param>
    /// <param name="gallery">The gallery, likewise.</param>
    /// <param name="options">Cancellation, and where progress goes.</param>
    /// <exception cref="GnnReRankException">The job is not done, or the matrices are not its own.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Ranking Receive(
        FeatureMatrix? query = null, FeatureMatrix? gallery = null, ComputeOptions? options = null) =>
        ClusterResults.Receive(_plan, _directory, query, gallery, options ?? ComputeOptions.Default);

    /// <summary>Writes the ranking as Parquet files, one an item of the last stage, without holding it whole.</summary>
    /// <param name="folder">A folder, which is made; it may exist if it is empty.</param>
    /// <param name="options">Cancellation, and where progress goes.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="GnnReRankException">The job is not done, or the folder has files in it.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public IReadOnlyList<string> Export(string folder, ComputeOptions? options = null) =>
        ClusterResults.Export(_plan, _directory, folder, options ?? ComputeOptions.Default);

    /// <summary>A line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Method}, {QueryCount:N0} queries and {GalleryCount:N0} gallery rows x {Dimension:N0}, in " +
        $"'{DisplayText.Of(Path)}'");

    // A plan that was made to be looked at has no directory.
    private void RequireWritten() => _ = PlanFile.Read(_directory);
}
