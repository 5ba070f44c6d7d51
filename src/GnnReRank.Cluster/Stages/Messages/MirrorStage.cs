using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>A shard's rows of the transpose of a state, and where a layer takes the largest of H + H^T, of that.</summary>
/// <param name="layer">The layer that made the state.</param>
internal sealed class MirrorStage(int layer) : IJobStage
{
    // Rows that are written at once.
    private const int Stretch = 64;

    public string Name => MessageFolders.Mirror(layer);

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan) => new MessageSizes(plan).Mirror(layer);

    public void Run(StageContext context, int item)
    {
        MessageItem work = new(context, item, matrices: 2);
        using (PartFileWriter writer = context.Create(Name, item))
        {
            RowWriter columns = new(writer, MessageFolders.Columns);
            ColumnReader received = new(context, MessageFolders.Sent(layer), item);
            using SparseBlock block = new(() => work.Storage($"Layer {layer}, transposed,"));
            for (int row = 0; row < work.Count; row += Stretch)
            {
                block.Clear();
                int count = Math.Min(Stretch, work.Count - row);
                received.Take(count, block);
                columns.Add(block);
                work.Reporter.Advance(count);
            }

            columns.Complete();
            writer.Commit();
        }

        if (work.Steps.AddsColumns(layer))
        {
            WriteBoth(work);
        }
    }

    private void WriteBoth(MessageItem work)
    {
        using SparseRows state = MappedRows.Own(
            work.Context, MessageFolders.Layer(layer), MessageFolders.State, work.Shard);
        using SparseRows columns = MappedRows.Own(work.Context, Name, MessageFolders.Columns, work.Shard);
        using PartFileWriter writer = work.Context.Create(MessageFolders.Both(layer), work.Shard);
        RowWriter both = new(writer, MessageFolders.State);
        SparseRowBuilder.Stream(
            work.Count, work.VertexCount, inverseNorms: null, () => work.Storage($"Layer {layer}, with its transpose,"),
            (accumulator, row) =>
            {
                accumulator.Add(state, work.First + row, 1f);
                accumulator.Add(columns, work.First + row, 1f);
            },
            both.Add, reporter: null, work.Options);
        both.Complete();
        writer.Commit();
    }
}
