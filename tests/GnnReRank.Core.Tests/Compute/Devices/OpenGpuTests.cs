using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GnnReRank.Tests.Compute.Devices;

/// <summary>Opening devices through ILGPU, as far as a machine without a GPU can: its CPU accelerator stands for one.</summary>
public sealed class OpenGpuTests
{
    private static readonly ReRankDevice s_described = FakeDevices.Gpu(ReRankDeviceKind.OpenCL, 0, 1);

    [Fact]
    public void OpensADeviceAgainAfterItWasClosed()
    {
        for (int i = 0; i < 2; i++)
        {
            using OpenGpu open = OpenGpu.Open(s_described, CPUDevice.Default);
            Assert.IsType<GpuBackend>(open.Backend);
        }
    }

    [Fact]
    public void ADriverThatRefusesIsADeviceErrorInWords()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => OpenGpu.Open(s_described, new RefusingDevice()));
        Assert.Equal("DeviceUnavailable", error.ErrorId);
        Assert.Contains("no such luck", error.Message);
        Assert.True(GpuErrors.IsDeviceError(error));
    }

    [Fact]
    public void TellsADevicesErrorsFromOthers()
    {
        Exception thrownByIlgpu = Assert.Throws<NotSupportedException>(() => CudaDevice.GetArchitecture(1, 0));
        Assert.True(GpuErrors.IsDeviceError(thrownByIlgpu));
        Assert.True(GpuErrors.IsDeviceError(new CLException(CLError.CL_OUT_OF_RESOURCES)));
        Assert.True(GpuErrors.IsDeviceError(new AggregateException(new InternalCompilerException())));
        Assert.True(GpuErrors.IsDeviceError(new GnnReRankException("DeviceOutOfMemory", ErrorKind.TooLarge, "full")));
        Assert.False(GpuErrors.IsDeviceError(new GnnReRankException("OutOfMemory", ErrorKind.TooLarge, "full")));
        Assert.False(GpuErrors.IsDeviceError(new NotSupportedException()));
        Assert.False(GpuErrors.IsDeviceError(new OperationCanceledException()));
    }
}
