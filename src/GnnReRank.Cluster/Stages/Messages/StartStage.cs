using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Walks;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>A shard's rows of the start matrix and of the edges.</summary>
internal sealed class StartStage : IJobStage
{
    // Rows at a time: their lists, and what other shards sent for them, are a few hundred bytes each.
    private const int Stretch = 1 << 14;

    public string Name => MessageFolders.Start;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan) => new MessageSizes(plan).Start;

    public void Run(StageContext context, int item)
    {
        MessageItem work = new(context, item, matrices: 0);
        ShardNeighbors lists = new(context, item);
        using PartFileWriter writer = context.Create(Name, item);
        RowWriter state = new(writer, MessageFolders.State);
        ColumnReader received = new(context, MessageFolders.Adjacency, item);
        ForStretches(work, (first, count) => WriteState(work, lists, received, first, count, state));
        state.Complete();
        if (work.Steps.HasColumns(0))
        {
            WriteColumns(work, received, writer);
        }

        if (work.Steps.HasEdges)
        {
            WriteEdges(work, lists, writer);
        }

        writer.Commit();
    }

    private static void WriteState(
        MessageItem work, ShardNeighbors lists, ColumnReader received, int first, int count, RowWriter state)
    {
        using SparseRows adjacency = GraphMatrices.Adjacency(
            lists, first, count, work.Steps.Recipe.StartNeighbors, work.Storage(GraphMatrices.AdjacencyMatrix),
            work.Options);
        if (!work.Steps.StartsSymmetric)
        {
            state.Add(adjacency);
            return;
        }

        using SparseBlock block = new(() => work.Storage("The transposed adjacency matrix"));
        received.Take(count, block);
        using SparseRows transposed = block.ToRows();
        using SparseRows start = SymmetricAdjacency.Of(
            adjacency, transposed, work.Steps.StartFactor, work.Storage("The start matrix"), work.Reporter, work.Options);
        state.Add(start);
    }

    private static void WriteColumns(MessageItem work, ColumnReader received, PartFileWriter writer)
    {
        RowWriter columns = new(writer, MessageFolders.Columns);
        using SparseBlock block = new(() => work.Storage("The transposed adjacency matrix"));
        ForStretches(work, (_, count) =>
        {
            block.Clear();
            received.Take(count, block);
            columns.Add(block);
        });
        columns.Complete();
    }

    private static void WriteEdges(MessageItem work, ShardNeighbors lists, PartFileWriter writer)
    {
        MessageRecipe recipe = work.Steps.Recipe;
        RowWriter edges = new(writer, MessageFolders.Edges);
        ForStretches(work, (first, count) =>
        {
            using SparseRows rows = GraphMatrices.Edges(
                lists, first, count, recipe.EdgeNeighbors, recipe.EdgeExponent, work.Steps.IsMean,
                work.Storage(GraphMatrices.EdgeMatrix), work.Options);
            edges.Add(rows);
        });
        edges.Complete();
    }

    private static void ForStretches(MessageItem work, Action<int, int> body)
    {
        for (int row = 0; row < work.Count; row += Stretch)
        {
            work.Options.CancellationToken.ThrowIfCancellationRequested();
            body(work.First + row, Math.Min(Stretch, work.Count - row));
        }
    }
}
