using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Messages;
using GnnReRank.Compute.Gpu.Messages;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Tests.Oracle;
using GnnReRank.Tests.ReRanking;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class GpuMessagesTests
{
    // Most rows are too long for such a table, and none has room at first.
    private const int TightTable = 5;

    // Queries whose products are made at once then: no call has a multiple of them.
    private const int TightStep = 7;

    // The largest of messages is the processor's.
    public static TheoryData<GnnReRankSettings> Cases =>
        [.. GnnReRankerTests.Cases.Select(row => row.Data).Where(settings => settings.Aggregator != GnnAggregator.Max)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(GnnReRankSettings settings)
    {
        AssertAgrees(settings, MadeFeatures.Clustered(23, 17, 9, seed: 1), MadeFeatures.Clustered(190, 17, 9, seed: 2));
        AssertAgrees(settings, MadeFeatures.Random(20, 3, seed: 3), MadeFeatures.Random(70, 3, seed: 4));
        AssertAgrees(settings, MadeFeatures.WithDuplicatesAndZeros(21, 6, seed: 5), MadeFeatures.WithDuplicatesAndZeros(77, 6, seed: 5));
        AssertAgrees(settings, MadeFeatures.ExactlyTied(15, 7, seed: 6), MadeFeatures.ExactlyTied(60, 7, seed: 7));
        AssertAgrees(settings, MadeFeatures.Random(1, 3, seed: 8), MadeFeatures.Random(1, 3, seed: 9));

        // In one call more queries than lie side by side.
        AssertAgrees(settings, MadeFeatures.Random(75, 5, seed: 18), MadeFeatures.Random(33, 5, seed: 19));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LeavesPaddingOutAndTakesTheFirstOfDeeperLists(GnnReRankSettings settings)
    {
        NeighborGraph graph = GnnReRankerTests.Padded(NeighborSearch.Build(
            MadeFeatures.Clustered(15, 6, 5, seed: 10), MadeFeatures.Clustered(40, 6, 5, seed: 11), 12));
        AssertAgrees(settings, graph, Scores(GpuTestDevices.Named(GpuTestDevices.PoclName), graph, settings));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheSameBitsThroughDenseRowsAndGrownArenas(GnnReRankSettings settings)
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        NeighborGraph graph = NeighborSearch.Build(
            MadeFeatures.Clustered(33, 17, 9, seed: 12), MadeFeatures.Clustered(260, 17, 9, seed: 13), 12);
        float[] expected = Scores(device, graph, settings);
        Assert.Equal(expected, Scores(device, graph, settings));
        Assert.Equal(expected, Scores(device, graph, settings, TightTable));
        Assert.Equal(expected, Scores(device, graph, settings, TightTable, wideLimit: LayerKernels.MostWideColumns));
    }

    [Fact]
    public void TinyGraphsAgreeWithTheOracle()
    {
        NeighborGraph graph = NeighborSearch.Build(MadeFeatures.Random(3, 3, seed: 14), MadeFeatures.Random(6, 3, seed: 15), 4);
        foreach (GnnVariant variant in Enum.GetValues<GnnVariant>())
        {
            GnnReRankSettings settings = new() { K1 = 4, K2 = 3, Variant = variant };
            AssertAgrees(settings, graph, Scores(GpuTestDevices.Named(GpuTestDevices.PoclName), graph, settings));
            AssertAgrees(settings, graph, Scores(GpuTestDevices.Named(GpuTestDevices.PoclName), graph, settings, TightTable));
        }
    }

    [Fact]
    public void StopsWhereTheCallIsCancelled()
    {
        NeighborGraph graph = NeighborSearch.Build(MadeFeatures.Random(3, 3, seed: 14), MadeFeatures.Random(6, 3, seed: 15), 4);
        ComputeOptions options = new() { CancellationToken = new CancellationToken(canceled: true) };
        Assert.Throws<OperationCanceledException>(
            () => Scores(GpuTestDevices.Named(GpuTestDevices.PoclName), graph, new GnnReRankSettings { K1 = 4, K2 = 3 }, null, options));
    }

    private static void AssertAgrees(GnnReRankSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        GnnReRankSettings clamped = settings.ClampTo(query.RowCount + gallery.RowCount);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, clamped.K1);
        AssertAgrees(clamped, graph, Scores(GpuTestDevices.Named(GpuTestDevices.PoclName), graph, clamped));
    }

    private static void AssertAgrees(GnnReRankSettings settings, NeighborGraph graph, float[] scores)
    {
        int queryCount = graph.Query!.RowCount;
        double[,] exact = DenseOracle.GnnScores(graph, settings with { Lambda = 0 }, new double[graph.VertexCount, graph.VertexCount]);
        Assert.Equal(exact.Length, scores.Length);
        for (int i = 0; i < scores.Length; i++)
        {
            double expected = exact[i / exact.GetLength(1), i % exact.GetLength(1)];
            double allowed = NearTies.Tolerance * Math.Max(1, Math.Abs(expected));
            Assert.True(Math.Abs(expected - scores[i]) <= allowed, $"{settings}, {queryCount} queries, score {i}: {scores[i]} instead of {expected}.");
        }
    }

    internal static float[] Scores(
        GpuDevice device, NeighborGraph graph, GnnReRankSettings settings, int? tableLimit = null, ComputeOptions? options = null,
        int? wideLimit = null)
    {
        int queryCount = graph.Query!.RowCount;
        int galleryCount = graph.VertexCount - queryCount;

        // A vertex's list comes without its padding.
        int[] indices = [.. Enumerable.Range(0, graph.VertexCount).SelectMany(vertex => Filled(graph.GetNeighbors(vertex), -1))];
        float[] scores = [.. Enumerable.Range(0, graph.VertexCount).SelectMany(vertex => Filled(graph.GetScores(vertex), 0f))];
        float[] result = new float[queryCount * galleryCount];
        lock (device.Gate)
        {
            using DeviceGraph uploaded = new(device, graph.VertexCount, graph.NeighborCount);
            uploaded.Indices.CopyFromCPU(indices);
            uploaded.Scores.CopyFromCPU(scores);
            LayerRunner runner = new(
                device, tableLimit ?? LayerKernels.MostColumns, wideLimit ?? tableLimit ?? LayerKernels.MostWideColumns,
                tableLimit is null ? 48 : 0);
            long mostProducts = tableLimit is null ? 1 << 26 : TightStep * graph.VertexCount;
            using GpuMessages messages = GpuMessages.Run(
                device, uploaded, queryCount, GnnRecipe.Of(settings), options ?? ComputeOptions.Default, runner, mostProducts);
            using MemoryBuffer1D<float, Stride1D.Dense> output = device.Allocate<float>(result.Length);

            // Two calls: the second does not start at the first query.
            int half = queryCount / 2;
            if (half > 0)
            {
                messages.Score(0, half, output.View.BaseView);
            }

            long rest = (long)half * galleryCount;
            messages.Score(half, queryCount - half, output.View.BaseView.SubView(rest, result.Length - rest));
            device.Synchronize();
            output.CopyToCPU(result);
        }

        return result;

        IEnumerable<T> Filled<T>(T[] list, T padding) => list.Concat(Enumerable.Repeat(padding, graph.NeighborCount - list.Length));
    }
}
