using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Scoring;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class GpuRankingStageTests
{
    /// <summary>The last block is full, short or the only one: each comes back while the next is made.</summary>
    [Theory]
    [InlineData(7, 40)]
    [InlineData(8, 40)]
    [InlineData(8, 3)]
    [InlineData(21, 40)]
    public void RanksBlockAfterBlock(int blockSize, int depth)
    {
        FeatureMatrix query = MadeFeatures.Clustered(21, 12, 6, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Clustered(40, 12, 6, seed: 2);
        Ranking expected = CosineRanker.Rank(query, gallery, depth);
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            using DeviceFeatures features = DeviceFeatures.Upload(device, query, gallery, ComputeOptions.Default);
            RankingJob job = new(query, gallery, depth, expected.Settings);
            Ranking ranking = new GpuRankingStage(device, features, null, job, blockSize).Run(ComputeOptions.Default);
            for (int row = 0; row < 21; row++)
            {
                Assert.Equal(expected.GetIndexSpan(row), ranking.GetIndexSpan(row));
            }
        }
    }
}
