using System.Collections.Concurrent;
using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>The PTX that ILGPU makes of a kernel for sm_80, with the product's options.</summary>
internal static class PtxCompiler
{
    private static readonly ConcurrentDictionary<(MethodInfo, bool), PtxCode> s_codes = [];

    public static PtxCode CodeOf<TArguments>(Action<TArguments> kernel, bool fuses)
        where TArguments : struct => s_codes.GetOrAdd((kernel.Method, fuses), _ => new PtxCode(new PtxProgram(TextOf(kernel)), fuses));

    public static string TextOf<TArguments>(Action<TArguments> kernel)
        where TArguments : struct
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O1));
        using PTXBackend backend = new(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_80, null!);
        CompiledKernel compiled = backend.Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), KernelSpecialization.Empty);
        return ((PTXCompiledKernel)compiled).PTXAssembly;
    }
}
