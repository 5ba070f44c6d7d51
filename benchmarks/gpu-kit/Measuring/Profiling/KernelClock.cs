using System.Diagnostics;
using System.Reflection;
using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>
/// Times every launch: by CUDA's events, which wait for nothing; elsewhere by waiting for each kernel, which counts the
/// launch too.
/// </summary>
internal sealed class KernelClock : ILaunchObserver, IDisposable
{
    private readonly List<KernelLaunch> _launches = [];
    private readonly List<(int Launch, nint Before, nint After)> _events = [];
    private long _started;

    /// <summary>All launches so far, with their times.</summary>
    public IReadOnlyList<KernelLaunch> Read(GpuDevice device)
    {
        device.Synchronize();
        foreach ((int launch, nint before, nint after) in _events)
        {
            CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.SynchronizeEvent(after));
            CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.ElapsedTime(out float milliseconds, before, after));
            _launches[launch] = _launches[launch] with { Milliseconds = milliseconds };
        }

        return _launches;
    }

    public void Starting<TArguments>(
        AcceleratorStream stream, MethodInfo kernel, KernelConfig config, TArguments arguments)
        where TArguments : struct
    {
        string name = $"{kernel.DeclaringType!.Name}.{kernel.Name}";
        _launches.Add(new KernelLaunch(name, config.GridDim.Size, (int)config.GroupDim.Size, 0));
        if (stream is CudaStream cuda)
        {
            _events.Add((_launches.Count - 1, Record(cuda), 0));
            return;
        }

        stream.Synchronize();
        _started = Stopwatch.GetTimestamp();
    }

    public void Started(AcceleratorStream stream)
    {
        if (stream is CudaStream cuda)
        {
            _events[^1] = _events[^1] with { After = Record(cuda) };
            return;
        }

        stream.Synchronize();
        _launches[^1] = _launches[^1] with { Milliseconds = Stopwatch.GetElapsedTime(_started).TotalMilliseconds };
    }

    public void Dispose()
    {
        foreach ((int _, nint before, nint after) in _events)
        {
            _ = CudaAPI.CurrentAPI.DestroyEvent(before);
            _ = CudaAPI.CurrentAPI.DestroyEvent(after);
        }
    }

    private static nint Record(CudaStream stream)
    {
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.CreateEvent(out nint made, CudaEventFlags.CU_EVENT_DEFAULT));
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.RecordEvent(made, stream.StreamPtr));
        return made;
    }
}
