using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Whatever allocation or launch fails, all that was rented is given back, and the next job is right.</summary>
public sealed class FailingStepsTests
{
    private static readonly FeatureMatrix s_query = MadeFeatures.Clustered(9, 12, 6, seed: 1);
    private static readonly FeatureMatrix s_gallery = MadeFeatures.Clustered(41, 12, 6, seed: 2);

    [Theory]
    [InlineData("Gnn", 2)]
    [InlineData("Gnn", 3)]
    [InlineData("GnnOfGraph", 2)]
    [InlineData("Diffusion", 0)]
    [InlineData("Cosine", 0)]
    public void OfAJobLeavesNothing(string method, int layers)
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            using ResidentData resident = new();
            GpuBackend backend = new(device, resident);
            NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 6, new ComputeOptions { Device = "Cpu" });
            GnnReRankSettings gnn = new()
            {
                K1 = 6, K2 = 3, Layers = Math.Max(1, layers), Alpha = 1.5, Variant = GnnVariant.Reference,
            };
            AssertLeavesNothing(device, resident, () => method switch
            {
                "Gnn" => new GnnReRanker(gnn, backend).ReRank(s_query, s_gallery),
                "GnnOfGraph" => new GnnReRanker(gnn, backend).ReRank(graph),
                "Diffusion" => new DiffusionReRanker(new DiffusionSettings { Steps = 2 }, backend)
                    .ReRank(s_query, s_gallery),
                _ => CosineRanker.Rank(s_query, s_gallery, null, null, backend),
            });
        }
    }

    [Fact]
    public void OfTheTensorCoresRowsLeavesNothing()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            using DeviceFeatures features =
                DeviceFeatures.Upload(device, s_query, s_gallery, ComputeOptions.Default);
            Assert.Equal(3, StepsOf(device, () => new TensorSearchTiles(device, features).Dispose()));
            Assert.Equal(2, StepsOf(device, () => new SplitFeatures(device, features).Dispose()));
        }
    }

    private static void AssertLeavesNothing(GpuDevice device, ResidentData resident, Func<Ranking> job)
    {
        Ranking expected = job();
        Assert.InRange(
            StepsOf(device, () => _ = job(), resident.Dispose, () =>
            {
                Ranking next = job();
                for (int q = 0; q < expected.QueryCount; q++)
                {
                    Assert.Equal(expected.GetIndices(q), next.GetIndices(q));
                    Assert.Equal(expected.GetScores(q), next.GetScores(q));
                }
            }), 8, 200);
    }

    /// <summary>Lets each step of some work fail in turn, and tells how many there are.</summary>
    private static int StepsOf(GpuDevice device, Action work, Action? forget = null, Action? next = null)
    {
        // What other tests forgot is counted no longer from now on, and not while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        for (int failing = 0; ; failing++)
        {
            forget?.Invoke();
            long before = device.Memory.RentedBytes;
            using (FailingSteps steps = new(device, failing))
            {
                Exception? error = Record.Exception(work);
                if (error is null)
                {
                    return failing;
                }

                Assert.True(GpuErrors.IsDeviceError(error), error.ToString());
            }

            forget?.Invoke();
            Assert.Equal(before, device.Memory.RentedBytes);
            next?.Invoke();
        }
    }
}
