using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Walks;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>
/// The rows of W of a shard's vertices, both directions of each edge united, and the roots of their sums.
/// </summary>
internal sealed class RowsStage : IJobStage
{
    private const int Chunk = 4096;
    private const int BytesPerEntry = sizeof(int) + sizeof(double);

    public string Name => WalkParts.RowsStage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    /// <summary>As many edges come to a shard as start there, on the whole.</summary>
    public ItemEstimate Estimate(JobPlan plan)
    {
        long rows = WalkParts.LargestShard(plan);
        long entries = 2 * WalkParts.MostEdges(plan);
        return new ItemEstimate(
            (entries * BytesPerEntry) + (rows * (sizeof(double) + sizeof(long) + (2 * sizeof(int)))),
            entries * (BytesPerEntry + sizeof(int)),
            (entries * BytesPerEntry) + (rows * (sizeof(double) + sizeof(long))),
            entries * 64.0);
    }

    public void Run(StageContext context, int item)
    {
        int count = context.Shards.SizeOf(item);
        StageReporter reporter = new(StageNames.Edges, count, StageUnits.Rows, context.Options);
        TransitionRows rows = new(context.Shards.StartOf(item), count, context.Options);
        foreach (ShardEdges edges in ShardEdges.At(context, item))
        {
            context.Options.CancellationToken.ThrowIfCancellationRequested();
            for (int edge = 0; edge < edges.Count; edge++)
            {
                rows.Count(edges.Sources[edge], edges.Targets[edge]);
            }
        }

        rows.Allocate();
        foreach (ShardEdges edges in ShardEdges.At(context, item))
        {
            context.Options.CancellationToken.ThrowIfCancellationRequested();
            for (int edge = 0; edge < edges.Count; edge++)
            {
                rows.Add(edges.Sources[edge], edges.Targets[edge], edges.Weights[edge]);
            }
        }

        rows.Unite();
        long[] offsets = OffsetsOf(rows, count);
        using PartFileWriter writer = context.Create(Name, item);
        writer.AppendAll<long>(WalkParts.Offsets, offsets);
        AppendRows(writer, WalkParts.Columns, count, rows.ColumnsOf);
        AppendRows(writer, WalkParts.Weights, count, rows.WeightsOf);
        writer.AppendAll<double>(WalkParts.Roots, rows.Roots);
        writer.Commit();
        reporter.Complete(FormattableString.Invariant(
            $"{count:N0} vertices, {(double)offsets[^1] / count:0.0} edges each"));
    }

    private static long[] OffsetsOf(TransitionRows rows, int count)
    {
        long[] offsets = new long[count + 1];
        for (int row = 0; row < count; row++)
        {
            offsets[row + 1] = offsets[row] + rows.ColumnsOf(row).Length;
        }

        return offsets;
    }

    private static void AppendRows<T>(PartFileWriter writer, string name, int count, RowOf<T> rowOf)
        where T : unmanaged
    {
        List<T> some = [];
        for (int row = 0; row < count; row++)
        {
            some.AddRange(rowOf(row));
            if (row + 1 == count || some.Count >= Chunk)
            {
                writer.Append<T>(name, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(some));
                some.Clear();
            }
        }
    }

    private delegate ReadOnlySpan<T> RowOf<T>(int row);
}
