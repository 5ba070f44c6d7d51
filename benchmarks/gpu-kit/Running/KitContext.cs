using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Tests.Compute.Gpu.Driver;

namespace GnnReRank.GpuKit.Running;

/// <summary>What a step works with.</summary>
/// <param name="Report">Receives its lines.</param>
/// <param name="Device">The device under test: a CUDA one, or PoCL where <paramref name="Emulates"/>.</param>
/// <param name="Backend">The engine on it.</param>
/// <param name="Emulates">Whether no GPU is there: then steps run their smallest sizes and give no time a meaning.</param>
/// <param name="Folder">The folder of the kit: data, peer scripts.</param>
/// <param name="Python">The Python for the peers.</param>
internal sealed record KitContext(
    KitReport Report, GpuDevice Device, GpuBackend Backend, bool Emulates, string Folder, string Python)
{
    /// <summary>Whether steps run their smallest sizes: kernels run on the processor, or a driver is played by it.</summary>
    public bool IsSmall => Emulates || DriverSetUp.IsThere;

    /// <summary>The classes of step 2 that run; null for all.</summary>
    public IReadOnlyList<string>? Tests { get; init; }

    /// <summary>The device as calls name it, such as Cuda:0.</summary>
    public string DeviceId { get; init; } = "Cuda:0";

    /// <summary>The folder for results and logs.</summary>
    public string Out { get; init; } = ".";

    /// <summary>From the start of this process to its first line of code.</summary>
    public TimeSpan StartUp { get; init; }

    /// <summary>What opening the device took.</summary>
    public TimeSpan Opening { get; init; }

    /// <summary>When the parent will end this process: later work may be left out before.</summary>
    public DateTime Deadline { get; init; } = DateTime.MaxValue;

    /// <summary>What is left until <see cref="Deadline"/>.</summary>
    public TimeSpan Left => Deadline - DateTime.UtcNow;
}
