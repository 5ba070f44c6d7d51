using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>A kernel that was loaded.</summary>
internal sealed class DriverFunction(string name, PtxCode code)
{
    public string Name { get; } = name;

    public PtxCode Code { get; } = code;

    /// <summary>Bytes of shared memory that a launch may ask for beside the kernel's own.</summary>
    public int MostDynamicShared { get; set; } = EmulatedDriver.SharedWithoutAsking;
}
