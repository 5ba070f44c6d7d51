using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Walks;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>The columns of a shard's rows of the adjacency matrix, for the shards whose rows they become.</summary>
internal sealed class AdjacencyStage : IJobStage
{
    public string Name => MessageFolders.Adjacency;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan) => new MessageSizes(plan).Adjacency;

    public void Run(StageContext context, int item)
    {
        MessageItem work = new(context, item, matrices: 1);
        using SparseRows adjacency = GraphMatrices.Adjacency(
            new ShardNeighbors(context, item), work.First, work.Count, work.Steps.Recipe.StartNeighbors,
            work.Storage(GraphMatrices.AdjacencyMatrix), work.Options);
        work.WriteColumns(adjacency, Name, "The transposed adjacency matrix", hasValues: false);
    }
}
