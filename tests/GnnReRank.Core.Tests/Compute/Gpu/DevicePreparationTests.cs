using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Jobs;
using ILGPU;
using ILGPU.Runtime.CPU;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class DevicePreparationTests
{
    /// <summary>With a margin twice as many are kept: 600, so that list and queue outgrow the small kernel.</summary>
    [Theory]
    [InlineData(true, ComputePrecision.Exact, true)]
    [InlineData(true, ComputePrecision.Fast, false)]
    [InlineData(false, ComputePrecision.Exact, false)]
    public void TheKernelThatMergesIsThatOfTheTiles(bool hasTensorCores, ComputePrecision precision, bool isLarge)
    {
        using Context context =
            Context.Create(builder => builder.CPU(CPUDeviceKind.Nvidia).Optimize(OptimizationLevel.O1));
        using GpuDevice device = new(context.GetCPUDevice(0).CreateAccelerator(context));
        DeviceJob job = new(0, 1_000, 16, NeighborCount: 300, Depth: 0, Recipe: null);
        DevicePreparation.Prepare(
            device, job, GpuPlan.For(job, long.MaxValue, canSplit: false), () => hasTensorCores, () => false,
            new ComputeOptions { Precision = precision });
        int before = device.KernelCount;
        device.Prepare<MergeArguments>(isLarge ? MergeKernels.MergeLarge : MergeKernels.MergeSmall);
        Assert.Equal(before, device.KernelCount);
        device.Prepare<MergeArguments>(isLarge ? MergeKernels.MergeSmall : MergeKernels.MergeLarge);
        Assert.Equal(before + 1, device.KernelCount);
    }
}
