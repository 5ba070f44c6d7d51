using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Devices;
using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute;

/// <summary>Finds the backend that a call's options ask for.</summary>
internal sealed class BackendSelector(DevicePool pool)
{
    /// <summary>Selects among the devices of this machine.</summary>
    public static BackendSelector OfMachine { get; } = new(new DevicePool(new GpuRuntime()));

    /// <summary>The processor, then the others.</summary>
    public IReadOnlyList<ReRankDevice> Devices => pool.Devices;

    /// <summary>The backend of a call; no device is opened yet.</summary>
    /// <exception cref="GnnReRankException">The device named is not understood, not here or not usable.</exception>
    public IComputeBackend For(ComputeOptions options)
    {
        DeviceChoice choice = DeviceChoice.Parse(options.Device, () => pool.Devices);
        return choice.IsCpu ? CpuBackend.Default
            : choice.IsAuto ? new AutoBackend(pool, CpuBackend.Default)
            : new NamedDeviceBackend(pool, choice.Find(pool.Devices), CpuBackend.Default);
    }
}
