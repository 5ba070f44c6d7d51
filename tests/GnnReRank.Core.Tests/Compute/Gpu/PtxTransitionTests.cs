using GnnReRank.Compute.Gpu.Kernels.Walks;
using GnnReRank.Tests.Compute.Gpu.Ptx;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The kernels that make the matrix of a walk as CUDA gets them, emulated.</summary>
public sealed class PtxTransitionTests
{
    private const int QueryCount = 3;
    private const int Count = 14;

    [Fact]
    public void TakesUnitesAndNormalizesEdges()
    {
        DiffusionSettings settings = new() { Neighbors = 3, ScaleNeighbors = 4 };
        NeighborGraph graph = WithPadding(NeighborSearch.Build(
            MadeFeatures.Random(QueryCount, 3, seed: 5), MadeFeatures.Random(Count - QueryCount, 3, seed: 6), 6));
        int edges = Count * settings.Neighbors;
        int[] lengths = new int[Count];
        int[] offsets = new int[Count];
        int[] columns = new int[2 * edges];
        float[] values = new float[2 * edges];
        float[] gains = new float[QueryCount];
        int[] totals = new int[2];
        PtxArguments arguments = new()
        {
            ["Neighbors"] = graph.IndexSpan.ToArray(), ["Scores"] = graph.ScoreSpan.ToArray(),
            ["Targets"] = new int[edges], ["EdgeWeights"] = new double[edges], ["Lengths"] = lengths,
            ["Filled"] = new int[Count], ["Offsets"] = offsets, ["Columns"] = columns,
            ["Weights"] = new double[2 * edges], ["Roots"] = new double[Count], ["Values"] = values, ["Gains"] = gains,
            ["Totals"] = totals, ["Count"] = Count, ["NeighborCount"] = graph.NeighborCount,
            ["QueryCount"] = QueryCount, ["EdgeCount"] = settings.Neighbors, ["ScalePlace"] = settings.ScaleNeighbors,
            ["Width"] = settings.EffectiveEdgeWidth, ["Share"] = 1 - settings.Restart, ["GainShare"] = 0.5,
        };
        arguments.Run<TransitionArguments>(TransitionKernels.TakeEdges, 1, TransitionKernels.Threads);
        arguments.Run<TransitionArguments>(TransitionKernels.PlaceRows, 1, TransitionKernels.Threads);
        arguments.Run<TransitionArguments>(TransitionKernels.AddEdges, 1, TransitionKernels.Threads);
        Assert.Equal([lengths.Sum(), lengths.Max()], totals);
        arguments.Run<TransitionArguments>(TransitionKernels.UniteRow, Count, TransitionKernels.RowThreads);
        arguments.Run<TransitionArguments>(
            TransitionKernels.Normalize, (Count + 3) / 4, TransitionKernels.Threads);
        DeviceTransitionsTests.AssertRows(
            WalkOracle.Transitions(graph, settings), 1 - settings.Restart, (offsets, lengths, columns, values));
        for (int query = 0; query < QueryCount; query++)
        {
            // The place of the scale, or the last of the list that was cut.
            int place = query == 1 ? 2 : settings.ScaleNeighbors;
            Assert.Equal(0.5 * (2 - (2 * (double)graph.GetScores(query)[place])), gains[query], 1e-6);
        }
    }

    /// <summary>The same graph, with the lists of two vertices cut.</summary>
    private static NeighborGraph WithPadding(NeighborGraph graph)
    {
        int[] indices = graph.IndexSpan.ToArray();
        float[] scores = graph.ScoreSpan.ToArray();
        foreach ((int vertex, int kept) in ((int, int)[])[(1, 3), (8, 1)])
        {
            int first = (vertex * graph.NeighborCount) + kept;
            indices.AsSpan(first, graph.NeighborCount - kept).Fill(-1);
            scores.AsSpan(first, graph.NeighborCount - kept).Clear();
        }

        return new NeighborGraph(indices, scores, graph.VertexCount, graph.NeighborCount, graph.Query!, graph.Gallery!);
    }
}
