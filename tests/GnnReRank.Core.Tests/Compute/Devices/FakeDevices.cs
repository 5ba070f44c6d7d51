using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Devices;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Tests.Compute.Devices;

/// <summary>Devices that compute on the processor, or fail as told.</summary>
internal sealed class FakeDevices(params ReRankDevice[] devices) : IDeviceSource
{
    /// <summary>The ids of the devices opened, in order.</summary>
    public List<string> Opened { get; } = [];

    public int ClosedCount { get; private set; }

    /// <summary>Called when a device is opened.</summary>
    public Action OnOpen { get; set; } = () => { };

    /// <summary>Called when a job begins.</summary>
    public Action OnJob { get; set; } = () => { };

    /// <summary>What the next job that begins throws, once.</summary>
    public Exception? NextFailure { get; set; }

    public static ReRankDevice Gpu(ReRankDeviceKind kind, int index, long memoryBytes, string? reason = null, bool isProcessor = false) => new()
    {
        Kind = kind,
        Index = index,
        Name = $"Made {kind} {index}",
        MemoryBytes = memoryBytes,
        Driver = "none",
        Capability = "all",
        Reason = reason,
        IsProcessor = isProcessor,
    };

    public IReadOnlyList<ReRankDevice> Find() => devices;

    public IOpenDevice Open(ReRankDevice device)
    {
        Opened.Add(device.Id);
        OnOpen();
        return new Opening(this);
    }

    public bool IsDeviceError(Exception exception) => exception is FakeDeviceException or GnnReRankException { ErrorId: "DeviceOutOfMemory" };

    private IComputeBackend Begin()
    {
        OnJob();
        if (NextFailure is Exception failure)
        {
            NextFailure = null;
            throw failure;
        }

        return CpuBackend.Default;
    }

    private sealed class Opening(FakeDevices source) : IOpenDevice
    {
        public IComputeBackend Backend => source.Begin();

        public void Dispose() => source.ClosedCount++;
    }
}
