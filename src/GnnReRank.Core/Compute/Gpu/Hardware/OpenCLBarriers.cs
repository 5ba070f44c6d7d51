using System.Runtime.CompilerServices;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>
/// Makes barriers in OpenCL order shared memory too. ILGPU writes them with a fence of global memory alone, and a driver may then let
/// a thread read what another has not yet stored there.
/// </summary>
internal static class OpenCLBarriers
{
    private const string GlobalFence = "CLK_GLOBAL_MEM_FENCE";
    private const string FullFence = "CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE";

    /// <summary>The kernel with whole barriers; kernels of other backends as they are.</summary>
    public static CompiledKernel Complete(CompiledKernel kernel) => kernel is CLCompiledKernel openCL
        ? new CLCompiledKernel(
            kernel.Context, (SeparateViewEntryPoint)EntryPointOf(kernel), kernel.Info,
            openCL.Source.Replace(GlobalFence, FullFence, StringComparison.Ordinal), openCL.CVersion)
        : kernel;

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_EntryPoint")]
    private static extern EntryPoint EntryPointOf(CompiledKernel kernel);
}
