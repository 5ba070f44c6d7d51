using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Cpu.Kernels;
using System.Runtime.Intrinsics;

namespace GnnReRank.Tests.Engine;

/// <summary>Every backend that the conformance tests run over: one a kernel.</summary>
internal static class TestBackends
{
    /// <summary>
    /// The names for [MemberData]. The 512-bit kernel is always among them: without AVX-512 .NET runs its operations in halves,
    /// slowly and with the same results.
    /// </summary>
    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, CpuBackend> All { get; } = Create();

    public static CpuBackend Named(string name) => All[name];

    private static Dictionary<string, CpuBackend> Create()
    {
        Dictionary<string, CpuBackend> backends = TileKernel.Supported().ToDictionary(kernel => kernel.Name, kernel => new CpuBackend(kernel));
        TileKernel widest = new TileKernel12<Vector512<float>, Lanes512>("512-bit");
        backends.TryAdd(widest.Name, new CpuBackend(widest));
        return backends;
    }
}
