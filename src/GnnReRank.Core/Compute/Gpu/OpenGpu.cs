using GnnReRank.Compute.Devices;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Jobs;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu;

/// <summary>A GPU that is ready, with a context of its own: a kernel that fails to compile can spoil a context for good.</summary>
internal sealed class OpenGpu : IOpenDevice
{
    private readonly Context _context;
    private readonly GpuDevice _device;
    private readonly ResidentData _resident = new();

    private OpenGpu(Context context, GpuDevice device)
    {
        _context = context;
        _device = device;
        Backend = new GpuBackend(device, _resident);
    }

    public IComputeBackend Backend { get; }

    /// <exception cref="GnnReRankException">The driver refused, for whatever reason.</exception>
    public static OpenGpu Open(ReRankDevice description, Device device)
    {
        Context? context = null;
        try
        {
            // O2 moves reads of shared memory across barriers.
            context = Context.Create(builder => builder.Optimize(OptimizationLevel.O1));
            return new OpenGpu(context, new GpuDevice(device.CreateAccelerator(context)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            context?.Dispose();
            throw GpuErrors.Unavailable(description.ToString(), exception);
        }
    }

    public void Dispose()
    {
        try
        {
            _resident.Dispose();
        }
        finally
        {
            // A device that failed refuses what comes before.
            DisposeDevice();
        }
    }

    private void DisposeDevice()
    {
        try
        {
            _device.Dispose();
        }
        finally
        {
            _context.Dispose();
        }
    }
}
