using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Running;
using GnnReRank.Tests.Compute.Gpu.Driver;
using GnnReRank.Tests.Oracle;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>
/// Whole jobs through ILGPU's CUDA backend, on a driver whose kernels an emulator runs. In a process of its own: see
/// <see cref="CudaPathTests"/>.
/// </summary>
[Trait("Gpu", "Driver")]
public sealed class EmulatedCudaTests
{
    private static readonly FeatureMatrix s_query = MadeFeatures.Clustered(9, 12, 6, seed: 1);
    private static readonly FeatureMatrix s_gallery = MadeFeatures.Clustered(41, 12, 6, seed: 2);
    private static readonly ComputeOptions s_processor = new() { Device = "Cpu" };
    private readonly List<string> _lines = [];

    public EmulatedCudaTests() =>
        Assert.SkipUnless(DriverSetUp.IsThere, "Runs in a process of its own, with an emulated driver.");

    private ComputeOptions Options => new() { Device = "Cuda:0", Log = _lines.Add };

    [Fact(Explicit = true)]
    public void TheDevicesAreFound()
    {
        ReRankDevice[] devices = [.. ReRankDevices.GetAll().Where(device => device.Kind == ReRankDeviceKind.Cuda)];
        Assert.Equal(["Emulated Hopper", "Emulated Ampere"], devices.Select(device => device.Name));
        Assert.All(devices, device => Assert.True(device.IsUsable, device.Reason));
    }

    [Fact(Explicit = true)]
    public void TheGraphIsTheProcessorsAndTensorCoresFoundIt()
    {
        NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 8, Options);
        Assert.Equal(NeighborSearch.Build(s_query, s_gallery, 8, s_processor).IndexSpan, graph.IndexSpan);
        Assert.Contains(_lines, line => line.Contains("tensor cores, float16", StringComparison.Ordinal));
    }

    /// <summary>The rows lie far from ties: what rounding to float16 changes does not change their order.</summary>
    [Fact(Explicit = true)]
    public void FastFindsTheSameNeighboursOfRowsFarFromTies()
    {
        FeatureMatrix rows = TensorCheck.MadeRows();
        NeighborGraph graph = NeighborSearch.Build(null, rows, 6, Options with { Precision = ComputePrecision.Fast });
        Assert.Equal(NeighborSearch.Build(null, rows, 6, s_processor).IndexSpan, graph.IndexSpan);
    }

    [Fact(Explicit = true)]
    public void ADriverThatRefusesTensorCoresStillDoesTheJobInFloat32()
    {
        NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 8, Options with { Device = "Cuda:1" });
        Assert.Equal(NeighborSearch.Build(s_query, s_gallery, 8, s_processor).IndexSpan, graph.IndexSpan);
        Assert.Contains(_lines, line => line.Contains("its tensor cores failed in a check", StringComparison.Ordinal));
        Assert.Contains(_lines, line => line.Contains("neighbours each, float32", StringComparison.Ordinal));
    }

    [Theory(Explicit = true)]
    [InlineData(GnnVariant.Paper)]
    [InlineData(GnnVariant.Reference)]
    public void AJobGivesTheOraclesScores(GnnVariant variant)
    {
        GnnReRankSettings settings = new() { K1 = 6, K2 = 3, Variant = variant };
        NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 6, s_processor);
        double[,] exact = DenseOracle.GnnScores(graph, settings, DenseOracle.Similarities(s_query, s_gallery));
        Ranking ranking = new GnnReRanker(settings).ReRank(s_query, s_gallery, null, Options);
        for (int q = 0; q < ranking.QueryCount; q++)
        {
            NearTies.AssertTopList(
                [.. Enumerable.Range(0, ranking.GalleryCount).Select(g => exact[q, g])], ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
        }
    }

    [Theory(Explicit = true)]
    [InlineData(null)]
    [InlineData(5)]
    public void DiffusionAndCosinesAreTheProcessors(int? top)
    {
        AssertSame(
            new DiffusionReRanker(new()).ReRank(s_query, s_gallery, top, s_processor), new DiffusionReRanker(new()).ReRank(s_query, s_gallery, top, Options));
        AssertSame(CosineRanker.Rank(s_query, s_gallery, top, s_processor), CosineRanker.Rank(s_query, s_gallery, top, Options));
    }

    [Fact(Explicit = true)]
    public void CallsLeaveNoMoreMemoryBehindThanTheFirst()
    {
        long[] used = new long[4];
        for (int call = 0; call < used.Length; call++)
        {
            new GnnReRanker(new GnnReRankSettings { K1 = 6, K2 = 3 }).ReRank(s_query, s_gallery, null, Options);
            used[call] = DriverExports.Driver.UsedBytes;
        }

        // What no call has used for a while is given back.
        Assert.InRange(used[3], 1, used[1]);
    }

    [Theory(Explicit = true)]
    [InlineData("Gnn")]
    [InlineData("Diffusion")]
    [InlineData("Cosine")]
    public void AllKernelsOfAJobAreCompiledBeforeIt(string method)
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O1));
        using GpuDevice device = new(CudaDevice.GetDevices(_ => true)[0].CreateAccelerator(context));
        using ResidentData resident = new();
        GpuBackend backend = new(device, resident);
        ReRanker reRanker = method switch
        {
            "Gnn" => new GnnReRanker(new GnnReRankSettings { K1 = 4, K2 = 2 }, backend),
            "Diffusion" => new DiffusionReRanker(
                new DiffusionSettings { Neighbors = 2, ScaleNeighbors = 3, Steps = 2 }, backend),
            _ => new CosineRanker(new CosineSettings(), backend),
        };
        int prepared = 0;
        ComputeOptions options = new()
        {
            Progress = new ProgressCallback(progress => prepared = prepared == 0 && progress.Stage != StageNames.Preparation
                ? device.KernelCount : prepared),
        };
        _ = reRanker.ReRank(
            MadeFeatures.Clustered(3, 5, 3, seed: 10), MadeFeatures.Clustered(9, 5, 3, seed: 11), null, options);
        Assert.InRange(prepared, 3, 40);
        Assert.Equal(prepared, device.KernelCount);
    }

    private static void AssertSame(Ranking expected, Ranking found)
    {
        for (int q = 0; q < expected.QueryCount; q++)
        {
            Assert.Equal(expected.GetIndices(q), found.GetIndices(q));
            Assert.All(expected.GetScores(q).Zip(found.GetScores(q)), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
        }
    }
}
