using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Products;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Ordering;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Walks;
using GnnReRank.ReRanking.Diffusion;
using GnnReRank.Tests.Oracle;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Every portable kernel at a tiny size: what Oclgrind, some thousand times slower than PoCL, can watch.</summary>
[Trait("Gpu", "Kernels")]
public sealed class WatchedKernelTests
{
    private static readonly GnnReRankSettings s_small = new() { K1 = 4, K2 = 3 };

    [Fact]
    public void SearchInPanels()
    {
        // Two panels: tiles of one panel, and of one with the other.
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        FeatureMatrix gallery = MadeFeatures.Clustered(140, 5, 9, seed: 1);
        lock (device.Gate)
        {
            using FeaturePanels panels = new(device, null, gallery, panelRows: 128, threads: 1);
            using DeviceGraph graph = PanelNeighborStage.Run(device, panels, 4, ComputeOptions.Default);
            Assert.Equal(NeighborSearch.Build(null, gallery, 4).IndexSpan, graph.ToIndices());
        }
    }

    [Fact]
    public void CandidatesScoredAgainAndWholeRowsRanked()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        FeatureMatrix gallery = MadeFeatures.Clustered(21, 5, 4, seed: 2);
        lock (device.Gate)
        {
            using DeviceFeatures features = DeviceFeatures.Upload(device, null, gallery, ComputeOptions.Default);
            using DeviceGraph graph = new(device, 21, 5);
            using RoundedSearchTiles tiles = new(device, features);
            Assert.True(new GpuNeighborStage(device, features, graph, ComputeOptions.Default).TrySearch(tiles));
            int[] expected = [.. NeighborSearch.Build(null, gallery, 5).IndexSpan];
            Assert.Equal(expected, graph.ToIndices());
            using DeviceGraph ranked = new(device, 21, 5);
            new RankedRows(device, features, ranked).Write([.. Enumerable.Range(0, 21)], reporter: null, ComputeOptions.Default);
            Assert.Equal(expected, ranked.ToIndices());

            // Rounds the rows, on any device.
            using TensorSearchTiles halves = new(device, features);
            Assert.InRange(halves.Bound, 1e-6f, 2e-3f);
        }
    }

    [Fact]
    public void RowsInParts()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        UnitRows made = new("powers", 3, 40);
        lock (device.Gate)
        {
            using MemoryBuffer1D<float, Stride1D.Dense> rows = device.Allocate<float>(made.Values.Length);
            using MemoryBuffer1D<uint, Stride1D.Dense> parts = device.Allocate<uint>(made.Values.Length);
            rows.View.BaseView.CopyFromCPU(made.Values);
            int pairs = made.Values.Length / 2;
            int groups = (pairs + SplitKernels.GroupSize - 1) / SplitKernels.GroupSize;
            device.Launch(
                SplitKernels.Split, groups, SplitKernels.GroupSize,
                new SplitArguments { Rows = rows.View.BaseView, Parts = parts.View.BaseView, PairCount = pairs });
            Assert.Equal(TensorProductRun.Split(made.Values), parts.GetAsArray1D());
        }
    }

    [Fact]
    public void ListsLongerThanASmallTable()
    {
        // 700 candidates of one row and 3 of another; 600 are wanted.
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        Random random = new(3);
        ulong[] keys = [.. Enumerable.Range(0, 700).Select(index => DeviceKey.BestIsLargest(random.Next(50) / 64f, index))];
        random.Shuffle(keys);
        lock (device.Gate)
        {
            using SearchLists lists = new(device, 2, wanted: 600, margin: 0);
            TileArguments<float> tiles = lists.TilesOf<float>(default, 32, 1);
            tiles.Queue.SubView(0, 700).CopyFromCPU(keys);
            tiles.Queue.SubView(lists.Sizes.Capacity, 3).CopyFromCPU(keys[..3]);
            tiles.Counts.CopyFromCPU([700, 3]);
            Assert.True(lists.TryMerge());
            ulong[] merged = new ulong[2 * lists.Sizes.ListLength];
            lists.Lists.CopyToCPU(merged);
            Assert.Equal(keys.OrderDescending().Take(600), merged[..600]);
            Assert.Equal([.. keys[..3].OrderDescending(), 0UL], merged[lists.Sizes.ListLength..(lists.Sizes.ListLength + 4)]);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2100)]
    public void OrderOfMoreThanATile(int depth)
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        Random random = new(4);
        float[] cosines = [.. Enumerable.Range(0, 2100).Select(_ => random.Next(900) / 1024f)];
        lock (device.Gate)
        {
            using MemoryBuffer1D<float, Stride1D.Dense> values = device.Allocate<float>(2100);
            values.View.BaseView.CopyFromCPU(cosines);
            using GpuRanker ranker = new(device, 1, 2100, depth);
            ranker.Rank(default, values.View.BaseView, 0, 1, 1);
            int[] order = new int[depth];
            ranker.Indices.CopyToCPU(order);
            Assert.Equal(Enumerable.Range(0, 2100).OrderByDescending(at => cosines[at]).ThenBy(at => at).Take(depth), order);
        }
    }

    [Theory]
    [InlineData(GnnVariant.Paper)]
    [InlineData(GnnVariant.Reference)]
    public void MessagesInTablesAndInWholeRows(GnnVariant variant)
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        NeighborGraph graph = NeighborSearch.Build(MadeFeatures.Random(3, 3, seed: 5), MadeFeatures.Random(9, 3, seed: 6), 4);
        GnnReRankSettings settings = s_small with { Variant = variant };
        double[,] exact = DenseOracle.GnnScores(graph, settings with { Lambda = 0 }, new double[12, 12]);
        foreach (int? limit in (int?[])[null, 5])
        {
            float[] scores = GpuMessagesTests.Scores(device, graph, settings, limit);
            Assert.All(Enumerable.Range(0, 27), at => Assert.Equal(exact[at / 9, at % 9], scores[at], 2e-5));
        }
    }

    [Fact]
    public void Walks()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        NeighborGraph graph =
            NeighborSearch.Build(MadeFeatures.Random(3, 3, seed: 5), MadeFeatures.Random(9, 3, seed: 6), 5);
        DiffusionSettings settings = new() { Neighbors = 2, ScaleNeighbors = 4, Steps = 3 };
        double[,] exact = WalkOracle.Scores(graph, settings, new double[12, 12]);
        float[] scores = new float[27];
        lock (device.Gate)
        {
            using DeviceGraph uploaded = new(device, 12, 5);
            uploaded.Indices.CopyFromCPU([.. graph.IndexSpan]);
            uploaded.Scores.CopyFromCPU([.. graph.ScoreSpan]);
            using GpuWalks walks =
                GpuWalks.Run(device, uploaded, 3, DiffusionRecipe.Of(settings), ComputeOptions.Default);
            using MemoryBuffer1D<float, Stride1D.Dense> output = device.Allocate<float>(scores.Length);

            // The second call does not begin at the first query.
            walks.Score(0, 1, output.View.BaseView);
            walks.Score(1, 2, output.View.BaseView.SubView(9, 18));
            device.Synchronize();
            output.CopyToCPU(scores);
        }

        Assert.All(Enumerable.Range(0, 27), at => Assert.Equal(exact[at / 9, at % 9], scores[at], 2e-5));
    }
}
