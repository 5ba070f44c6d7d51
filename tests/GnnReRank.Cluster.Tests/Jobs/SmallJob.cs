using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Lists;

namespace GnnReRank.Tests.Jobs;

/// <summary>A job over made rows, run here stage by stage, and the same matrices for one process.</summary>
internal sealed class SmallJob : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="settings">The method.</param>
    /// <param name="queryCount">Queries.</param>
    /// <param name="galleryCount">Gallery rows.</param>
    /// <param name="dimension">Columns.</param>
    /// <param name="equalEvery">Every so many rows are equal; 0 leaves them.</param>
    /// <param name="change">Changes the plan.</param>
    public SmallJob(
        MethodSettings settings, int queryCount = 70, int galleryCount = 430, int dimension = 24,
        int equalEvery = 0, Func<JobPlan, JobPlan>? change = null)
    {
        Query = Made(queryCount, seed: 1, FeatureRole.Query, dimension, equalEvery);
        Gallery = Made(galleryCount, seed: 2, FeatureRole.Gallery, dimension, equalEvery);
        FeatureFile.Write(_folder["query.npy"], [Query]);
        FeatureFile.Write(_folder["gallery.npy"], [Gallery]);
        JobPlan plan = new()
        {
            Version = "test",
            Id = "test",
            Query = new SourcePlan([_folder["query.npy"]], [queryCount]),
            Gallery = new SourcePlan([_folder["gallery.npy"]], [galleryCount]),
            Dimension = Query.Dimension,
            SettingsPack = JobPlan.Pack(settings),
            Method = settings.ToString(),
            Top = 50,
            NeighborCount = settings.CreateReRanker(null).NeighborCount,
            AllowsZeroRows = true,
            ShardRows = 128,
            QueriesPerItem = 30,
            Tasks = 2,
            MemoryPerTask = 1L << 30,
            Worker = ["none"],
        };
        Plan = change?.Invoke(plan) ?? plan;
        Directory = new JobDirectory(_folder["job"]);
        System.IO.Directory.CreateDirectory(Directory.Path);
    }

    public JobPlan Plan { get; }

    public JobDirectory Directory { get; }

    public FeatureMatrix Query { get; }

    public FeatureMatrix Gallery { get; }

    public static ComputeOptions Options { get; } = new() { Device = "Cpu" };

    /// <summary>Runs the items of all stages, or of those up to one, each stage in a context of its own.</summary>
    public void Run(string? last = null)
    {
        foreach (IJobStage stage in StageList.Of(Plan))
        {
            Run(stage);
            if (stage.Name == last)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Runs what comes after the lists, all of it or up to a stage. The lists are those of one process, as if their
    /// stages had left them.
    /// </summary>
    public void RunAfterLists(string? last = null)
    {
        IReadOnlyList<IJobStage> stages = StageList.Of(Plan);
        Run(stages[0]);
        int next = 1;
        if (Plan.NeighborCount > 0)
        {
            WriteLists(NeighborSearch.Build(Query, Gallery, Plan.NeighborCount, Options));
            next = stages.TakeWhile(stage => stage.Name != ShardLists.Stage).Count() + 1;
        }

        for (; next < stages.Count; next++)
        {
            Run(stages[next]);
            if (stages[next].Name == last)
            {
                return;
            }
        }
    }

    /// <summary>Lays a graph's lists where the stages of the lists would.</summary>
    public void WriteLists(NeighborGraph graph)
    {
        ShardMap shards = ShardMap.Of(Plan);
        int width = graph.NeighborCount;
        for (int shard = 0; shard < shards.Count; shard++)
        {
            int first = shards.StartOf(shard) * width;
            int count = shards.SizeOf(shard) * width;
            using PartFileWriter writer = new(Directory.Part(ShardLists.Stage, shard), Plan.Id);
            writer.Append(ShardLists.Indices, graph.IndexSpan.Slice(first, count));
            writer.Append(ShardLists.Scores, graph.ScoreSpan.Slice(first, count));
            writer.Commit();
        }
    }

    /// <summary>Runs all items of a stage.</summary>
    public void Run(IJobStage stage)
    {
        for (int item = 0; item < stage.CountItems(Plan); item++)
        {
            using StageContext context = new(Plan, Directory, Options);
            stage.Run(context, item);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows around some directions, so that neighbours are near, a few of them equal and one of zeros.</summary>
    private static FeatureMatrix Made(int count, int seed, FeatureRole role, int dimension, int equalEvery)
    {
        Random centres = new(7);
        float[][] directions = [.. Enumerable.Range(0, 20).Select(_ => Normal(centres, dimension, 1))];
        Random random = new(seed);
        float[] values = new float[count * dimension];
        for (int row = 0; row < count; row++)
        {
            float[] direction = directions[random.Next(directions.Length)];
            float[] noise = Normal(random, dimension, 0.6);
            for (int column = 0; column < dimension; column++)
            {
                values[(row * dimension) + column] = direction[column] + noise[column];
            }
        }

        for (int row = 0; equalEvery > 0 && row < count; row += equalEvery)
        {
            directions[0].CopyTo(values, row * dimension);
        }

        values.AsSpan(5 * dimension, dimension).CopyTo(values.AsSpan(17 * dimension));
        values.AsSpan(5 * dimension, dimension).CopyTo(values.AsSpan((count - 1) * dimension));
        values.AsSpan(9 * dimension, dimension).Clear();
        return new FeatureMatrix(values, count, dimension, role: role);
    }

    private static float[] Normal(Random random, int count, double scale) =>
    [
        .. Enumerable.Range(0, count).Select(_ => (float)(scale *
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))),
    ];
}
