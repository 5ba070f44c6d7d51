using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>1 / norm of a shard's rows of the last layer, which is applied but never stored.</summary>
internal sealed class NormStage : IJobStage
{
    public string Name => MessageFolders.Norms;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan) => new MessageSizes(plan).Norms;

    public void Run(StageContext context, int item)
    {
        MessageItem work = new(context, item, MessageSizes.LayerMatrices);
        using LayerInput input = new(work, work.Steps.StoredLayers);
        using NativeBuffer<float> norms = new(work.Count);
        SparseRowBuilder.InverseNorms(norms, work.VertexCount, input.SumRow, work.Reporter, work.Options);
        using PartFileWriter writer = context.Create(Name, item);
        writer.Append<float>(MessageFolders.Norms, norms.AsSpan(work.Count));
        writer.Commit();
    }
}
