using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Running;
using GnnReRank.Tests.Jobs;

namespace GnnReRank.Tests.Running;

/// <summary>A job over made files, planned as a user does.</summary>
internal sealed class PlannedJob : IDisposable
{
    private readonly SmallJob _small;

    /// <param name="settings">The method.</param>
    /// <param name="gate">Commands of bash that run before a worker, with its words in "$@"; null starts workers as usual.</param>
    /// <param name="slurm">Slurm's programs.</param>
    public PlannedJob(MethodSettings settings, string? gate = null, SlurmCommands? slurm = null)
    {
        _small = new SmallJob(settings);
        Settings = settings;
        ClusterJobOptions options = OptionsOf(_small, settings);
        if (gate is not null)
        {
            // Its words from the fourth on are those of the worker: run --job DIR --id ID --stage NAME --element I ...
            string path = Path.Combine(Path.GetDirectoryName(_small.Directory.Path)!, "gate.sh");
            File.WriteAllText(path, $"{gate}\nexec \"$@\"\n");
            options = options with { Worker = ["/bin/bash", path, .. WorkerCommand.Usual()] };
        }

        ReRankClusterJob planned = ReRankClusterJob.Create(_small.Directory.Path, options);
        Plan = PlanFile.Read(_small.Directory);
        Job = slurm is null ? planned : new ReRankClusterJob(Plan, _small.Directory, slurm);
    }

    public MethodSettings Settings { get; }

    public ReRankClusterJob Job { get; }

    public JobPlan Plan { get; }

    public JobDirectory Directory => _small.Directory;

    public static ClusterJobOptions OptionsOf(SmallJob small, MethodSettings settings) => new()
    {
        Query = small.Plan.Query.Paths,
        Gallery = small.Plan.Gallery.Paths,
        Method = settings,
        Top = 50,
        ShardSize = 128,
        QueriesPerItem = 20,
        Tasks = 2,
        ThreadsPerTask = 1,
        MemoryPerTask = 1L << 28,
    };

    /// <summary>The marks of the items that are done, with when each was written.</summary>
    public Dictionary<string, DateTime> DoneMarks() =>
        new DirectoryInfo(Directory.In("done")).GetFiles().ToDictionary(file => file.Name, file => file.LastWriteTimeUtc);

    public void Dispose() => _small.Dispose();
}
