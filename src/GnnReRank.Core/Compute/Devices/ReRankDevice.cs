namespace GnnReRank;

/// <summary>A device of this machine that a call may be sent to. Immutable.</summary>
public sealed record ReRankDevice
{
    internal ReRankDevice()
    {
    }

    /// <summary>How a call names the device: Cpu, Cuda:0, OpenCL:1.</summary>
    public string Id => Kind == ReRankDeviceKind.Cpu ? nameof(ReRankDeviceKind.Cpu) : $"{Kind}:{Index}";

    /// <summary>What drives the device.</summary>
    public required ReRankDeviceKind Kind { get; init; }

    /// <summary>The device's place among those of its kind, from 0, in the driver's order.</summary>
    public required int Index { get; init; }

    /// <summary>What the maker calls the device.</summary>
    public required string Name { get; init; }

    /// <summary>The device's memory in bytes; for the processor, what this process may use at most.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The driver, with its version.</summary>
    public required string Driver { get; init; }

    /// <summary>What the device can do: its architecture (SM 9.0), its OpenCL C version, or the processor's instruction set.</summary>
    public required string Capability { get; init; }

    /// <summary>Why a call cannot be sent to the device; null where it can.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a call can be sent to the device.</summary>
    public bool IsUsable => Reason is null;

    /// <summary>A processor that OpenCL drives: the engine's own code is faster there.</summary>
    internal bool IsProcessor { get; init; }

    /// <summary>The id and the name.</summary>
    public override string ToString() => $"{Id} ({Name})";
}
