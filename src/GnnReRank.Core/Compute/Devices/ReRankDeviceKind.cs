namespace GnnReRank;

/// <summary>What a device is driven by.</summary>
public enum ReRankDeviceKind
{
    /// <summary>The processor's cores; always there.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, through its own driver.</summary>
    Cuda,

    /// <summary>A device of any maker, through OpenCL.</summary>
    OpenCL,
}
