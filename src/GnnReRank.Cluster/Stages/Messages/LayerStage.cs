using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>A shard's rows of the state that a layer makes of the one before, and their columns where others take them.</summary>
/// <param name="layer">The layer, from 1.</param>
internal sealed class LayerStage(int layer) : IJobStage
{
    public string Name => MessageFolders.Layer(layer);

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan) => new MessageSizes(plan).Layer(layer);

    public void Run(StageContext context, int item)
    {
        MessageItem work = new(context, item, MessageSizes.LayerMatrices);
        string what = $"Layer {layer} of {work.Steps.Recipe.LayerCount}";
        using (LayerInput input = new(work, layer - 1))
        {
            using NativeBuffer<float> scales = new(work.Count);
            using PartFileWriter writer = context.Create(Name, item);
            RowWriter rows = new(writer, MessageFolders.State);
            SparseRowBuilder.Stream(
                work.Count, work.VertexCount, scales, () => work.Storage(what), input.SumRow, rows.Add, work.Reporter,
                work.Options);
            rows.Complete();
            writer.Append<float>(MessageFolders.Scales, scales.AsSpan(work.Count));
            writer.Commit();
        }

        if (work.Steps.HasColumns(layer))
        {
            using SparseRows own = MappedRows.Shard(context, Name, MessageFolders.State, item);
            work.WriteColumns(own, MessageFolders.Sent(layer), what + ", transposed,", hasValues: true);
        }
    }
}
