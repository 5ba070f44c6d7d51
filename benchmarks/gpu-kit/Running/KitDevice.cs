using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.GpuKit.Cuda;
using GnnReRank.Tests.Compute.Gpu;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Running;

/// <summary>The device under test, open.</summary>
internal sealed class KitDevice : IDisposable
{
    private readonly Context? _context;
    private readonly ResidentData? _resident;

    private KitDevice(GpuDevice device, GpuBackend backend, Context? context, ResidentData? resident)
    {
        Device = device;
        Backend = backend;
        _context = context;
        _resident = resident;
    }

    public GpuDevice Device { get; }

    public GpuBackend Backend { get; }

    /// <exception cref="NoDeviceException">There is none of that name, or none at all.</exception>
    public static void Require(KitOptions options)
    {
        if (options.Emulates)
        {
            _ = Pocl();
        }
        else
        {
            _ = Find(options.Device);
        }
    }

    /// <exception cref="NoDeviceException">There is none of that name, or none at all.</exception>
    public static KitDevice Open(KitOptions options)
    {
        if (options.Emulates)
        {
            GpuDevice pocl = Pocl();
            return new KitDevice(pocl, GpuTestDevices.BackendOf(pocl), null, null);
        }

        Device found = Find(options.Device);

        // As the engine opens one.
        Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O1));
        GpuDevice device = new(found.CreateAccelerator(context));
        ResidentData resident = new();
        return new KitDevice(device, new GpuBackend(device, resident), context, resident);
    }

    public void Dispose()
    {
        if (_context is null)
        {
            return;
        }

        try
        {
            _resident?.Dispose();
            Device.Dispose();
            _context.Dispose();
        }
        catch (Exception error) when (GpuErrors.IsDeviceError(error))
        {
            // A spoilt device refuses to give back what it has: the process ends now.
        }
    }

    private static GpuDevice Pocl() => GpuTestDevices.Pocl
        ?? throw new NoDeviceException("No device to emulate on: PoCL is not installed (pocl-opencl-icd, ocl-icd-libopencl1).");

    private static Device Find(string id)
    {
        if (!CudaDriver.IsThere)
        {
            throw new NoDeviceException($"No CUDA device: the driver's library was not found ({CudaDriver.Names}).");
        }

        int result = CudaDriver.Init(0);
        int count = 0;
        result = result == 0 ? CudaDriver.GetDeviceCount(out count) : result;
        if (result != 0 || count == 0)
        {
            string why = result == 0 ? "the driver knows none" : $"the driver says {CudaDriver.TextOf(result)} ({result})";
            throw new NoDeviceException($"No CUDA device: {why}.");
        }

        DriverLibraries.Connect();
        (ReRankDevice Description, Device Device)[] all = [.. GpuDescriptions.Find(hasCuda: true, hasOpenCL: false)];
        (ReRankDevice? description, Device? device) = all.FirstOrDefault(
            found => found.Description.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        return description is null || device is null
            ? throw new NoDeviceException($"No device {id}: there are {string.Join(", ", all.Select(found => found.Description))}.")
            : description.Reason is string reason ? throw new NoDeviceException($"{description} cannot be used: {reason}") : device;
    }
}
