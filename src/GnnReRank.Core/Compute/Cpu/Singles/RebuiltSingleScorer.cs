using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>A full run for each query, on the gallery's lists with the query as the first vertex.</summary>
internal sealed unsafe class RebuiltSingleScorer(RebuiltSingles state) : ISingleScorer
{
    private readonly NativeBuffer<float> _scores = new(state.Graph.VertexCount);

    public float* Score(float* cosines, CancellationToken cancellationToken)
    {
        NeighborGraph graph = QueryGraph.Of(state.Graph, state.Recipe.StartNeighbors, cosines);
        MessageRecipe recipe = state.Recipe with
        {
            StartNeighbors = Math.Min(state.Recipe.StartNeighbors, graph.NeighborCount),
            EdgeNeighbors = Math.Min(state.Recipe.EdgeNeighbors, graph.NeighborCount),
        };
        ComputeOptions options = new() { ThrottleLimit = 1, CancellationToken = cancellationToken };
        using FinalLayer final = MessagePassingStage.Run(
            graph, queryCount: 1, recipe, MemoryBudget.OfMachine(), options);
        using IQueryScorer scorer = final.CreateScorer();
        scorer.Score(0, 1, cancellationToken);
        float* scores = scorer.UsesCosines ? scorer.Row(0, cosines) : scorer.Row(0);
        new ReadOnlySpan<float>(scores, state.Graph.VertexCount).CopyTo(_scores.AsSpan(state.Graph.VertexCount));
        return _scores.Pointer;
    }

    public void Dispose() => _scores.Dispose();
}
