using GnnReRank.Compute;
using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The devices that run the conformance tests of every backend: PoCL, and the GPUs of this machine.</summary>
internal static class GpuTestBackends
{
    /// <summary>Set where only the processor's backends are wanted.</summary>
    public const string OffVariable = "GNNRERANK_TESTS_WITHOUT_GPU";

    private static readonly Lazy<GpuBackend> s_pocl = new(() => GpuTestDevices.BackendOf(GpuTestDevices.Named(GpuTestDevices.PoclName)));

    /// <summary>PoCL is named where it is missing too, so that the run tells what it skipped.</summary>
    public static TheoryData<string> Names =>
        GpuTestDevices.Instead is not null ? [GpuTestDevices.PoclName]
        : Environment.GetEnvironmentVariable(OffVariable) is null ? [GpuTestDevices.PoclName, .. Gpus] : [];

    private static IEnumerable<string> Gpus => ReRankDevices.GetAll()
        .Where(device => device.IsUsable && device.Kind != ReRankDeviceKind.Cpu)
        .Select(device => device.Id);

    public static IComputeBackend Named(string name) => name == GpuTestDevices.PoclName
        ? s_pocl.Value
        : BackendSelector.OfMachine.For(new ComputeOptions { Device = name });
}
