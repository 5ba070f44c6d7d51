using GnnReRank.Compute.Gpu;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class HostResultsTests
{
    [Fact]
    public void SaysThatAResultIsTooLargeBeforeTheDeviceIsAsked()
    {
        // 8 TB of lists, and more entries than an array has.
        FeatureMatrix matrix = new([.. Enumerable.Repeat(1f, 1_000_000)], 1_000_000, 1);
        GpuBackend backend = GpuTestDevices.BackendOf(GpuTestDevices.Named(GpuTestDevices.PoclName));
        GnnReRankException ranking = Assert.Throws<GnnReRankException>(() => CosineRanker.Rank(matrix, matrix, null, null, backend));
        Assert.Equal("RankingTooLarge", ranking.ErrorId);
        Assert.Contains("-Top", ranking.Message);
        GnnReRankException graph = Assert.Throws<GnnReRankException>(() => NeighborSearch.Build(null, matrix, 3_000, null, backend));
        Assert.Equal("GraphTooLarge", graph.ErrorId);
        Assert.Contains("3,000,000,000 entries", graph.Message);
    }
}
