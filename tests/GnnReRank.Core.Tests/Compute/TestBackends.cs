using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Tests.Compute.Gpu;
using GnnReRank.Tests.Compute.Gpu.Driver;

namespace GnnReRank.Tests.Compute;

/// <summary>Every backend that the conformance tests run over: one a kernel.</summary>
internal static class TestBackends
{
    /// <summary>
    /// The names for [MemberData] of what holds on every backend: the processor's kernels, and the devices. Where a
    /// driver is emulated, its device alone.
    /// </summary>
    public static TheoryData<string> Names =>
        DriverSetUp.IsThere && GpuTestDevices.Instead is null ? [DriverSetUp.DeviceName] : [.. All.Keys, .. GpuTestBackends.Names];

    /// <summary>
    /// The processor's, which all give the same bits. The 512-bit kernel is among them wherever products are fused: without AVX-512 .NET runs its
    /// operations in halves, slowly and with the same results.
    /// </summary>
    public static TheoryData<string> ProcessorNames => [.. All.Keys];

    /// <summary>The coarse kernels that this processor can run, the 512-bit one in halves at least.</summary>
    public static IReadOnlyList<CoarseKernel> CoarseKernels => CoarseKernel.ForThisProcessor() is null
        ? []
        : [
            new CoarseKernel6<Vector256<int>, CoarseLanes256>("256-bit"),
            new CoarseKernel6<Vector512<int>, CoarseLanes512>("512-bit"),
        ];

    private static Dictionary<string, CpuBackend> All { get; } = Create();

    /// <summary>The backend of that name; the test is skipped where its device is missing.</summary>
    public static IComputeBackend Named(string name) => All.TryGetValue(name, out CpuBackend? backend) ? backend : GpuTestBackends.Named(name);

    private static Dictionary<string, CpuBackend> Create()
    {
        Dictionary<string, CpuBackend> backends = TileKernel.Supported().ToDictionary(
            kernel => kernel.Name, kernel => new CpuBackend(new CpuKernels(kernel)));
        if (Fma.IsSupported)
        {
            TileKernel widest = new TileKernel12<Vector512<float>, Lanes512>("512-bit");
            backends.TryAdd(widest.Name, new CpuBackend(new CpuKernels(widest)));
        }

        foreach (CoarseKernel coarse in CoarseKernels)
        {
            CpuKernels kernels = new(TileKernel.ForThisProcessor(), coarse) { CoarseFromDimension = 1 };
            backends.Add(coarse.Name, new CpuBackend(kernels));
        }

        CpuKernels oneBlock = CpuKernels.ForThisProcessor with { ColumnBytes = 1, CoarseFromDimension = 1, PackedGalleryBytes = 1 };
        backends.Add("one block at a time", new CpuBackend(oneBlock));
        return backends;
    }
}
