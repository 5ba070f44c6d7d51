using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Lists;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>The lists of a shard's rows, from what they met in all clusters.</summary>
internal sealed unsafe class NearListStage : IJobStage
{
    /// <summary>The share of its exact neighbours that the list of each sampled row of the shard holds.</summary>
    public const string Shares = "shares";

    private const int Chunk = 64;

    public string Name => ShardLists.Stage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        NearSizes sizes = new(plan);
        long listBytes = sizes.ShardRows * plan.NeighborCount * (sizeof(int) + sizeof(float));
        double sources = 1 + (0.5 * Math.Min(sizes.Shards, sizes.Visits));
        return new ItemEstimate(
            (2 * listBytes) + sizes.AllRowsBytes,
            (long)(listBytes * sources) + (sizes.ShardRows * sizes.StoredRowBytes) + (sizes.Rows * sizeof(int)), listBytes,
            sizes.ShardRows * ((8.0 * plan.Dimension) + (sources * plan.NeighborCount * 4)));
    }

    public void Run(StageContext context, int item)
    {
        int others = context.Plan.NeighborCount - 1;
        (int first, int size) = (context.Shards.StartOf(item), context.Shards.SizeOf(item));
        using VertexRows rows = context.AllRows();
        using NativeBuffer<ulong> best = new((long)size * others, zeroed: true);
        MetListReader reader = new(context, item, best);
        for (int source = 0; source < context.Shards.Count; source++)
        {
            reader.Take(context.Part(VisitStage.Stage, source));
            reader.Take(context.Part(MeetStage.Stage, source));
        }

        NeighborLists lists = new(size, others + 1, first);
        Write(context, rows, lists, first, best);
        using PartFileWriter writer = context.Create(Name, item);
        writer.Append<int>(ShardLists.Indices, lists.Indices);
        writer.Append<float>(ShardLists.Scores, lists.Scores);
        writer.Append<double>(Shares, SharesOf(NearSample.Read(context), lists, first));
        writer.Commit();
    }

    private static void Write(
        StageContext context, VertexRows rows, NeighborLists lists, int first, NativeBuffer<ulong> best)
    {
        int others = lists.NeighborCount - 1;
        ClusterListWriter writer = new(lists, context.Options.CancellationToken);
        Workers.ForRanges(
            context.Options.ThreadCount, lists.VertexCount, Chunk, () => new CandidateScorer(rows),
            (scorer, from, to) =>
            {
                context.Options.CancellationToken.ThrowIfCancellationRequested();
                for (int row = first + from; row < first + to; row++)
                {
                    if (rows.InverseNorm(row) == 0)
                    {
                        writer.WriteZeros(row);
                        continue;
                    }

                    ReadOnlySpan<ulong> keys = new(best.Pointer + ((long)(row - first) * others), others);
                    int missing = keys.IndexOf(0ul);
                    scorer.ScoreSelf(row);
                    writer.Write(scorer, row, missing < 0 ? keys : keys[..missing]);
                }
            });
    }

    private static double[] SharesOf(RowSample sample, NeighborLists lists, int first)
    {
        List<double> shares = [];
        for (int place = 0; place < sample.Rows.Length; place++)
        {
            int at = sample.Rows[place] - first;
            if (at >= 0 && at < lists.VertexCount)
            {
                shares.Add(sample.ShareIn(
                    place, lists.Indices.AsSpan(at * lists.NeighborCount, lists.NeighborCount)));
            }
        }

        return [.. shares];
    }
}
