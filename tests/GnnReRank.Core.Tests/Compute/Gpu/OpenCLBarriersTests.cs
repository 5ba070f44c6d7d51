using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class OpenCLBarriersTests
{
    [Fact]
    public void BarriersOrderSharedMemoryToo()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        Action<MergeArguments> merge = MergeKernels.MergeSmall;
        CompiledKernel compiled;
        lock (device.Gate)
        {
            compiled = device.Accelerator.GetBackend().Compile(
                EntryPointDescription.FromExplicitlyGroupedKernel(merge.Method), KernelSpecialization.Empty);
        }

        CLCompiledKernel complete = Assert.IsType<CLCompiledKernel>(OpenCLBarriers.Complete(compiled));
        string[] barriers = [.. complete.Source.Split('\n').Where(line => line.Contains("work_group_barrier", StringComparison.Ordinal))];
        Assert.NotEmpty(barriers);
        Assert.All(barriers, line =>
        {
            Assert.Contains("CLK_LOCAL_MEM_FENCE", line, StringComparison.Ordinal);
            Assert.Contains("CLK_GLOBAL_MEM_FENCE", line, StringComparison.Ordinal);
        });
        Assert.Equal(compiled.Name, complete.Name);
    }
}
