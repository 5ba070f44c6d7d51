using System.Reflection;
using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Makes one allocation or launch of a device fail, counted from 0, as its driver does; till it is disposed.</summary>
internal sealed class FailingSteps : ILaunchObserver, IDisposable
{
    private readonly GpuDevice _device;
    private readonly int _failing;
    private int _step;

    public FailingSteps(GpuDevice device, int failing)
    {
        (_device, _failing) = (device, failing);
        device.Memory.Renting = _ => Next(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE);
        device.Observer = this;
    }

    public void Starting<TArguments>(
        AcceleratorStream stream, MethodInfo kernel, KernelConfig config, TArguments arguments)
        where TArguments : struct => Next(CLError.CL_OUT_OF_RESOURCES);

    public void Started(AcceleratorStream stream)
    {
    }

    public void Dispose()
    {
        _device.Memory.Renting = null;
        _device.Observer = null;
    }

    private void Next(CLError error)
    {
        if (_step++ == _failing)
        {
            throw new CLException(error);
        }
    }
}
