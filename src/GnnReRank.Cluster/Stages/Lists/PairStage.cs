using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Cluster.Stages.Lists;

/// <summary>The nearest neighbours of the rows of each pair of shards among each other: S is symmetric.</summary>
internal sealed class PairStage : IJobStage
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "pairs";

    /// <summary>The cosines of a shard's rows with themselves, where it meets itself.</summary>
    public const string SelfScores = "self";

    public string Name => Stage;

    /// <summary>The item of two shards, which may be one.</summary>
    public static int ItemOf(int first, int second) =>
        checked((Math.Max(first, second) * (Math.Max(first, second) + 1) / 2) + Math.Min(first, second));

    /// <summary>The array of neighbours of the rows of the first or the second shard, the row itself left out.</summary>
    public static string Indices(int side) => $"indices-{side}";

    /// <summary>The array of their cosines.</summary>
    public static string Scores(int side) => $"scores-{side}";

    public int CountItems(JobPlan plan)
    {
        int shards = ShardMap.Of(plan).Count;
        return ItemOf(shards - 1, shards - 1) + 1;
    }

    public ItemEstimate Estimate(JobPlan plan)
    {
        ShardMap shards = ShardMap.Of(plan);
        long rows = Enumerable.Range(0, shards.Count).Max(shards.SizeOf);
        long met = shards.Count == 1 ? rows : 2 * rows;
        long lists = met * plan.NeighborCount * (sizeof(int) + sizeof(float));
        return new ItemEstimate(
            TopKReservoirs.BytesFor((int)Math.Min(met, int.MaxValue), plan.NeighborCount - 1) + lists,
            met * plan.Dimension * plan.ElementBytes, lists, (double)rows * rows * plan.Dimension);
    }

    public void Run(StageContext context, int item)
    {
        (int first, int second) = ShardsOf(item);
        context.VerifyShard(first);
        context.VerifyShard(second);
        NeighborGraph graph = Search(context, first, second);
        using PartFileWriter writer = context.Create(Name, item);
        Write(writer, graph, 0, context.Shards.StartOf(first), context.Shards.StartOf(second), context.Shards.SizeOf(first), 0);
        if (first == second)
        {
            float[] self = new float[graph.VertexCount];
            for (int row = 0; row < self.Length; row++)
            {
                self[row] = graph.GetScoreSpan(row)[0];
            }

            writer.Append<float>(SelfScores, self);
        }
        else
        {
            Write(
                writer, graph, 1, context.Shards.StartOf(first), context.Shards.StartOf(second), context.Shards.SizeOf(first),
                context.Shards.SizeOf(first));
        }

        writer.Commit();
    }

    private static (int First, int Second) ShardsOf(int item)
    {
        int second = 0;
        while (ItemOf(0, second + 1) <= item)
        {
            second++;
        }

        return (item - ItemOf(0, second), second);
    }

    private static NeighborGraph Search(StageContext context, int first, int second)
    {
        FeatureMatrix gallery = context.Shard(second);
        FeatureMatrix? query = first == second ? null : context.Shard(first);
        int count = Math.Min(context.Plan.NeighborCount, (query?.RowCount ?? 0) + gallery.RowCount);
        ComputeOptions options = context.Options with { Device = context.Plan.Device };
        IComputeBackend backend = BackendSelector.OfMachine.For(options);

        // A device meets the pairs of each shard once more than is needed: it knows no plan of tiles.
        return query is null || context.Plan.Device != "Cpu"
            ? backend.FindNeighbors(query, gallery, count, options)
            : NeighborStage.Between(query, gallery, count, context.Kernels, options);
    }

    /// <summary>Writes the lists of one side, as vertices of the job.</summary>
    private static void Write(
        PartFileWriter writer, NeighborGraph graph, int side, int firstStart, int secondStart, int firstCount, int from)
    {
        int end = side == 0 ? Math.Min(firstCount, graph.VertexCount) : graph.VertexCount;
        int others = graph.NeighborCount - 1;
        int[] indices = new int[others];
        for (int row = from; row < end; row++)
        {
            ReadOnlySpan<int> neighbors = graph.GetNeighborSpan(row)[1..];
            for (int place = 0; place < others; place++)
            {
                int other = neighbors[place];
                indices[place] = other < 0 ? -1
                    : other < firstCount ? firstStart + other : secondStart + other - firstCount;
            }

            writer.Append<int>(Indices(side), indices);
        }

        for (int row = from; row < end; row++)
        {
            writer.Append(Scores(side), graph.GetScoreSpan(row)[1..]);
        }
    }
}
