using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>The sampled rows of a job with their exact neighbours.</summary>
internal static class NearSample
{
    private const string RowsName = "sampled";
    private const string NeighborsName = "exact";

    /// <summary>The whole sample, from what it found in each shard.</summary>
    public static unsafe RowSample Merge(StageContext context)
    {
        int others = context.Plan.NeighborCount - 1;
        int[] drawn = RowSample.Draw(context.Plan.VertexCount, context.Plan.Seed);
        ulong[] best = new ulong[drawn.Length * others];
        ulong[] scratch = new ulong[others];
        for (int shard = 0; shard < context.Shards.Count; shard++)
        {
            ulong* keys = context.Part(SampleStage.Stage, SampleStage.ItemOf(shard))
                .Pointer<ulong>(SampleStage.Keys, best.Length);
            for (int place = 0; place < drawn.Length; place++)
            {
                BestKeys.Merge(
                    best.AsSpan(place * others, others), new ReadOnlySpan<ulong>(keys + (place * others), others),
                    scratch);
            }
        }

        return RowSample.Of(drawn, others, best);
    }

    /// <summary>Keeps a sample.</summary>
    public static void Write(PartFileWriter writer, RowSample sample, int others)
    {
        writer.Append<int>(RowsName, sample.Rows);
        int[] padded = new int[others];
        for (int place = 0; place < sample.Rows.Length; place++)
        {
            padded.AsSpan().Fill(-1);
            sample.NeighborsOf(place).CopyTo(padded);
            writer.Append<int>(NeighborsName, padded);
        }
    }

    /// <summary>The sample that was kept.</summary>
    public static RowSample Read(StageContext context)
    {
        PartFile part = context.Part(ReachStage.Stage, 0);
        int others = context.Plan.NeighborCount - 1;
        int[] rows = part.Span<int>(RowsName).ToArray();
        int[] neighbors = part.Span<int>(NeighborsName).ToArray();
        return new RowSample(
            rows,
            [
                .. Enumerable.Range(0, rows.Length).Select(place => neighbors.Skip(place * others).Take(others)
                    .TakeWhile(neighbor => neighbor >= 0).ToArray()),
            ]);
    }
}
