using System.Runtime.CompilerServices;
using GnnReRank.Compute.Devices;
using GnnReRank.Compute.Gpu.Hardware;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu;

/// <summary>The GPUs of this machine. Where no driver is installed, not even ILGPU is loaded.</summary>
internal sealed class GpuRuntime : IDeviceSource
{
    private readonly Dictionary<string, Func<IOpenDevice>> _openers = new(StringComparer.Ordinal);

    public IReadOnlyList<ReRankDevice> Find() =>
        DriverLibraries.HasCuda || DriverLibraries.HasOpenCL ? FindWithDrivers() : [];

    public IOpenDevice Open(ReRankDevice device) => _openers[device.Id]();

    public bool IsDeviceError(Exception exception) => GpuErrors.IsDeviceError(exception);

    // Inlined, it would load ILGPU for its caller.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<ReRankDevice> FindWithDrivers()
    {
        DriverLibraries.Connect();
        List<ReRankDevice> found = [];
        foreach ((ReRankDevice description, Device device) in GpuDescriptions.Find(DriverLibraries.HasCuda, DriverLibraries.HasOpenCL))
        {
            found.Add(description);
            _openers.Add(description.Id, () => OpenGpu.Open(description, device));
        }

        return found;
    }
}
