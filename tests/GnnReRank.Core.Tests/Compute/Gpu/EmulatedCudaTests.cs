using GnnReRank.Tests.Compute.Gpu.Driver;
using GnnReRank.Tests.Oracle;

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
    private readonly List<string> _lines = [];

    public EmulatedCudaTests() =>
        Assert.SkipUnless(DriverSetUp.IsThere, "Runs in a process of its own, with an emulated driver.");

    private ComputeOptions Options => new() { Device = "Cuda:0", Log = _lines.Add };

    [Fact(Explicit = true)]
    public void TheDeviceIsFound()
    {
        ReRankDevice device = Assert.Single(ReRankDevices.GetAll(), device => device.Kind == ReRankDeviceKind.Cuda);
        Assert.Equal("Emulated Hopper", device.Name);
        Assert.True(device.IsUsable, device.Reason);
    }

    [Fact(Explicit = true)]
    public void TheGraphIsTheProcessorsAndTensorCoresFoundIt()
    {
        NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 8, Options);
        NeighborGraph expected = NeighborSearch.Build(s_query, s_gallery, 8, new ComputeOptions { Device = "Cpu" });
        Assert.Equal(expected.IndexSpan, graph.IndexSpan);
        Assert.Contains(_lines, line => line.Contains("found the right neighbours", StringComparison.Ordinal));
        Assert.Contains(_lines, line => line.Contains("tensor cores, float16", StringComparison.Ordinal));
    }

    [Theory(Explicit = true)]
    [InlineData(GnnVariant.Paper)]
    [InlineData(GnnVariant.Reference)]
    public void AJobGivesTheOraclesScores(GnnVariant variant)
    {
        GnnReRankSettings settings = new() { K1 = 6, K2 = 3, Variant = variant };
        NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 6, new ComputeOptions { Device = "Cpu" });
        double[,] exact = DenseOracle.GnnScores(graph, settings, DenseOracle.Similarities(s_query, s_gallery));
        Ranking ranking = new GnnReRanker(settings).ReRank(s_query, s_gallery, null, Options);
        for (int q = 0; q < ranking.QueryCount; q++)
        {
            NearTies.AssertTopList(
                [.. Enumerable.Range(0, ranking.GalleryCount).Select(g => exact[q, g])], ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
        }
    }
}
