using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Tests.Jobs;

namespace GnnReRank.Tests.Running;

/// <summary>A job over made files, planned as a user does.</summary>
internal sealed class PlannedJob : IDisposable
{
    private readonly SmallJob _small;
    private readonly MethodSettings _settings;

    /// <param name="settings">The method.</param>
    /// <param name="gate">
    /// Commands of bash that run before a worker, with its words in "$@"; null starts workers as usual.
    /// </param>
    /// <param name="tasks">Tasks a stage.</param>
    public PlannedJob(MethodSettings settings, string? gate = null, int tasks = 2)
    {
        _small = new SmallJob(settings);
        _settings = settings;
        ClusterJobOptions options = OptionsOf(_small, settings) with { Tasks = tasks };
        if (gate is not null)
        {
            // Its words from the fourth on are those of the worker: run --job DIR --id ID --stage NAME --element I ...
            string path = Path.Combine(Path.GetDirectoryName(_small.Directory.Path)!, "gate.sh");
            File.WriteAllText(path, $"{gate}\nexec \"$@\"\n");
            options = options with { Worker = ["/bin/bash", path, .. WorkerCommand.Usual()] };
        }

        Job = ReRankClusterJob.Create(_small.Directory.Path, options);
        Plan = PlanFile.Read(_small.Directory);
    }

    public ReRankClusterJob Job { get; }

    public JobPlan Plan { get; }

    public JobDirectory Directory => _small.Directory;

    public static ClusterJobOptions OptionsOf(SmallJob small, MethodSettings settings) => new()
    {
        Query = small.Plan.Query.Paths,
        Gallery = small.Plan.Gallery.Paths,
        Method = settings,
        AllowsZeroRows = true,
        Top = 50,
        ShardSize = 128,
        QueriesPerItem = 20,
        Tasks = 2,
        ThreadsPerTask = 1,
        MemoryPerTask = 1L << 28,
    };

    /// <summary>The marks of the items that are done, with when each was written.</summary>
    public Dictionary<string, DateTime> DoneMarks() =>
        new DirectoryInfo(Directory.In("done")).GetFiles()
            .ToDictionary(file => file.Name, file => file.LastWriteTimeUtc);

    /// <summary>Whether a job's ranking is that of one process, to the bit.</summary>
    public static void RequireSameBits(ReRankClusterJob job, SmallJob small, MethodSettings settings)
    {
        Ranking expected = settings.CreateReRanker().ReRank(small.Query, small.Gallery, job.Top, SmallJob.Options);
        Ranking found = job.Receive(small.Query, small.Gallery);
        Assert.Equal(expected.QueryCount, found.QueryCount);
        for (int query = 0; query < expected.QueryCount; query++)
        {
            Assert.Equal(expected.GetIndices(query), found.GetIndices(query));
            Assert.Equal(expected.GetScores(query), found.GetScores(query));
        }
    }

    public void RequireSameBits() => RequireSameBits(Job, _small, _settings);

    /// <summary>How often each item that is done was tried.</summary>
    public IEnumerable<int> Attempts() => Job.GetStatus().Stages.SelectMany(stage => Enumerable.Range(0, stage.Items)
        .Select(item => new ItemMarks(Directory, Plan.Id).Done(stage.Stage, item)!.Attempt));

    /// <summary>Whether the job failed for its damaged shard, and says so.</summary>
    public void RequireFailure(ClusterJobStatus status, string shard, int attempts, bool isPermanent)
    {
        Assert.Equal(ClusterJobState.Failed, status.State);
        Assert.Equal("score", status.Stage);
        Assert.All(status.Failures, failure =>
        {
            Assert.Equal("score", failure.Stage);
            Assert.Equal(attempts, failure.Attempts);
            Assert.Equal(isPermanent, failure.IsPermanent);
            Assert.Contains(shard, failure.Message, StringComparison.Ordinal);
            Assert.Contains(shard, File.ReadAllText(failure.Log!), StringComparison.Ordinal);
        });
        Assert.Equal(Enumerable.Range(0, 4), status.Failures.Select(failure => failure.Item));
    }

    /// <summary>Puts the shard back that <see cref="Gates.DamageShard"/> keeps.</summary>
    public void MendShard(string shard)
    {
        File.WriteAllText(Directory.In("mended"), string.Empty);
        File.Move(Directory.In("kept.npy"), shard, overwrite: true);
    }

    public void Dispose() => _small.Dispose();
}
