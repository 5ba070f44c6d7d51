using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Lists;
using GnnReRank.Cluster.Stages.Messages;

namespace GnnReRank.Tests.Jobs;

/// <summary>
/// A made graph that a job has as its finished lists: everybody names a hub, some lists are short, and some cosines are
/// negative.
/// </summary>
internal sealed class MessageLists : IDisposable
{
    public const int Queries = 40;
    public const int Vertices = 251;
    public const int Width = 7;

    private readonly TemporaryFolder _folder = new();

    public MessageLists(GnnReRankSettings settings, int shardRows, long memory = 1L << 30)
    {
        Settings = settings;
        Plan = new JobPlan
        {
            Version = "test",
            Id = "test",
            Query = new SourcePlan(["query.npy"], [Queries]),
            Gallery = new SourcePlan(["gallery.npy"], [Vertices - Queries]),
            Dimension = 1,
            SettingsPack = JobPlan.Pack(settings),
            Method = settings.ToString(),
            Top = 50,
            NeighborCount = Width,
            ShardRows = shardRows,
            QueriesPerItem = 30,
            Tasks = 2,
            ThreadsPerTask = 2,
            MemoryPerTask = memory,
            Worker = ["none"],
        };
        Directory = new JobDirectory(_folder["job"]);
        System.IO.Directory.CreateDirectory(Directory.Path);
        WriteLists();
    }

    public static NeighborGraph Graph { get; } = Made();

    public static ComputeOptions Options { get; } = new() { Device = "Cpu", ThrottleLimit = 2 };

    public GnnReRankSettings Settings { get; }

    public JobPlan Plan { get; }

    public JobDirectory Directory { get; }

    public StageContext Open() => new(Plan, Directory, Options);

    /// <summary>Runs the stages of messages, the items of each from the last to the first.</summary>
    public void Run()
    {
        foreach (IJobStage stage in MessageStages.Of(Settings))
        {
            for (int item = stage.CountItems(Plan) - 1; item >= 0; item--)
            {
                using StageContext context = Open();
                stage.Run(context, item);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private void WriteLists()
    {
        using StageContext context = Open();
        for (int shard = 0; shard < context.Shards.Count; shard++)
        {
            (int first, int end) = (context.Shards.StartOf(shard), context.Shards.EndOf(shard));
            using PartFileWriter writer = context.Create(ShardLists.Stage, shard);
            foreach (int vertex in Enumerable.Range(first, end - first))
            {
                writer.Append(ShardLists.Indices, Graph.GetNeighborSpan(vertex));
            }

            foreach (int vertex in Enumerable.Range(first, end - first))
            {
                writer.Append(ShardLists.Scores, Graph.GetScoreSpan(vertex));
            }

            writer.Commit();
        }
    }

    private static NeighborGraph Made()
    {
        const int hub = 3 * Queries;
        Random random = new(3);
        int[] indices = new int[Vertices * Width];
        float[] scores = new float[Vertices * Width];
        for (int vertex = 0; vertex < Vertices; vertex++)
        {
            int length = vertex % 11 == 0 ? random.Next(1, Width) : Width;
            List<int> list = [vertex];
            while (list.Count < length)
            {
                // Near vertices, so that some lists name each other, and far ones in other shards.
                int other = list.Count == 2 && !list.Contains(hub) ? hub
                    : random.Next(3) == 0 ? random.Next(Vertices)
                    : (vertex + random.Next(9)) % Vertices;
                if (!list.Contains(other))
                {
                    list.Add(other);
                }
            }

            float[] cosines = [.. list.Skip(1).Select(_ => (float)((1.15 * random.NextDouble()) - 0.15)).OrderDescending()];
            list.AddRange(Enumerable.Repeat(-1, Width - length));
            list.CopyTo(indices, vertex * Width);
            scores[vertex * Width] = 1f;
            cosines.CopyTo(scores, (vertex * Width) + 1);
        }

        FeatureMatrix query = new(Enumerable.Repeat(1f, Queries).ToArray(), Queries, 1, role: FeatureRole.Query);
        FeatureMatrix gallery = new(
            Enumerable.Repeat(1f, Vertices - Queries).ToArray(), Vertices - Queries, 1, role: FeatureRole.Gallery);
        return new NeighborGraph(indices, scores, Vertices, Width, query, gallery);
    }
}
