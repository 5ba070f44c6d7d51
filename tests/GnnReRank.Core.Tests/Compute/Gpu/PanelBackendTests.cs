using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The backend goes over to panels where its memory is limited.</summary>
public sealed class PanelBackendTests
{
    private static readonly FeatureMatrix s_query = MadeFeatures.ExactlyTied(200, 512, seed: 1);
    private static readonly FeatureMatrix s_gallery = MadeFeatures.ExactlyTied(1_300, 512, seed: 2);

    [Fact]
    public void TheGraphInPanelsIsThatOfTheProcessor()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        List<string> lines = [];
        NeighborGraph graph = GpuTestDevices.BackendOf(device, LimitFor(26)).FindNeighbors(s_query, s_gallery, 26, new ComputeOptions { Log = lines.Add });
        Assert.Matches("^Device memory: features .* GB \\([0-9]+ panels of (128|256|384) rows, 3 at a time\\)", lines[0]);
        NeighborGraph expected = NeighborSearch.Build(s_query, s_gallery, 26);
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            // Every cosine is a multiple of 1/4 and exact.
            Assert.Equal(expected.GetNeighbors(vertex), graph.GetNeighbors(vertex));
            Assert.Equal(expected.GetScores(vertex), graph.GetScores(vertex));
        }
    }

    [Fact]
    public void MoreNeighborsThanListsHoldAreRefused()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => GpuTestDevices.BackendOf(device, LimitFor(1_200)).FindNeighbors(s_query, s_gallery, 1_200, new ComputeOptions()));
        Assert.Equal("TooManyNeighborsForDevice", error.ErrorId);
        Assert.Contains("1,200 neighbours are wanted; in parts at most 1,025", error.Message);
        Assert.Contains("-Device Cpu", error.Message);
    }

    [Fact]
    public void ADeviceTooSmallForAnyPanelIsRefused()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => GpuTestDevices.BackendOf(device, 4_000_000).FindNeighbors(s_query, s_gallery, 26, new ComputeOptions()));
        Assert.Equal("DeviceTooSmall", error.ErrorId);
        Assert.Contains("of 0.004 GB", error.Message);
    }

    /// <summary>A memory that holds the lists and, of the rows, a part.</summary>
    private static long LimitFor(int neighborCount)
    {
        GpuPlan plan = GpuPlan.For(new DeviceJob(200, 1_300, 512, neighborCount, Depth: 0, Recipe: null), long.MaxValue, canSplit: true);
        return (long)((plan.Search + (plan.Features / 2)) / 0.9);
    }
}
