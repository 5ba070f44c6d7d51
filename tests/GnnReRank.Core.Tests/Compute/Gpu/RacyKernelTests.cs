using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Kernels that are wrong on purpose, for <see cref="OclgrindTests"/> alone to start.</summary>
public sealed class RacyKernelTests
{
    [Fact(Explicit = true)]
    public void Race() => Run(ProbeKernels.Racy);

    [Fact(Explicit = true)]
    public void Bounds() => Run(ProbeKernels.OutOfBounds);

    private static void Run(Action<ProbeArguments> kernel)
    {
        Assert.True(GpuTestDevices.IsWatched, "Only under Oclgrind.");
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            using MemoryBuffer1D<int, Stride1D.Dense> values = device.AllocateZeros<int>(ProbeKernels.GroupSize);
            using MemoryBuffer1D<int, Stride1D.Dense> sums = device.AllocateZeros<int>(ProbeKernels.GroupSize);
            device.Launch(kernel, 1, ProbeKernels.GroupSize, new ProbeArguments { Values = values.View.BaseView, Sums = sums.View.BaseView });
            device.Synchronize();
        }
    }
}
