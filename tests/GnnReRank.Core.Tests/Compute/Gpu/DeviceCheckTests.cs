using GnnReRank.Compute.Gpu.Hardware;
using ILGPU.Runtime.OpenCL;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class DeviceCheckTests
{
    [Fact]
    public void AFailureSaysNoAndAShortageOfMemoryNothing()
    {
        GpuDevice device = GpuTestDevices.Emulated;
        List<Exception> told = [];
        CLException refused = new(CLError.CL_BUILD_PROGRAM_FAILURE);
        GnnReRankException memory = GpuErrors.OutOfMemory("Some device", 1, refused);
        Assert.True(DeviceCheck.Passes(device, () => true, told.Add));
        Assert.False(DeviceCheck.Passes(device, () => false, told.Add));
        Assert.Empty(told);
        Assert.False(DeviceCheck.Passes(device, () => throw refused, told.Add));
        Assert.Equal([refused], told);
        Assert.Same(
            memory,
            Assert.Throws<GnnReRankException>(() => DeviceCheck.Passes(device, () => throw memory, told.Add)));
        Assert.Throws<DivideByZeroException>(
            () => DeviceCheck.Passes(device, () => throw new DivideByZeroException(), told.Add));
        Assert.Single(told);
    }
}
