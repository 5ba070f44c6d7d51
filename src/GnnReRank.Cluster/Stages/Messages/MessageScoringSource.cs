using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Scoring;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.ReRanking.Gnn;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>The scores of messages: the last layer over the mapped parts of its stages.</summary>
internal sealed class MessageScoringSource(GnnReRankSettings settings) : IScoringSource
{
    public IScoring Open(StageContext context)
    {
        MessageSteps steps = new(GnnRecipe.Of(settings));
        int last = steps.StoredLayers;
        SparseRows state = MappedRows.All(context, MessageFolders.StateOf(steps, last), MessageFolders.State);
        SparseRows? start = !steps.IsFactored ? null
            : last == 0 ? state
            : MappedRows.All(context, MessageFolders.Start, MessageFolders.State);
        SparseRows? columns = MessageFolders.ColumnsOf(steps, last) is string folder
            ? MappedRows.All(context, folder, MessageFolders.Columns)
            : null;
        SparseRows? edges = steps.HasEdges && !steps.TakesLargest
            ? MappedRows.All(context, MessageFolders.Start, MessageFolders.Edges)
            : null;
        NativeBuffer<float>[] scales = steps.IsFactored
            ? [.. Enumerable.Range(1, last).Select(layer =>
                MappedRows.Numbers(context, MessageFolders.Layer(layer), MessageFolders.Scales))]
            : [];
        return steps.Final(start, state, columns, edges, scales, Norms(context, steps), context.Plan.Query.RowCount);
    }

    public long SharedBytes(JobPlan plan) => new MessageSizes(plan).ScoringShared;

    public long ThreadBytes(JobPlan plan) => new MessageSizes(plan).ScoringThread;

    private static NativeBuffer<float> Norms(StageContext context, MessageSteps steps)
    {
        if (steps.NormalizesLast)
        {
            return MappedRows.Numbers(context, MessageFolders.Norms, MessageFolders.Norms);
        }

        NativeBuffer<float> norms = new(context.Plan.VertexCount);
        norms.AsSpan(context.Plan.VertexCount).Fill(1f);
        return norms;
    }
}
