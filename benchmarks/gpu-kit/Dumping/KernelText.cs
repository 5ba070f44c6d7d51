using System.Reflection;
using GnnReRank.Compute.Gpu.Kernels;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.GpuKit.Dumping;

/// <summary>The PTX of a kernel, as the engine has it made.</summary>
internal static class KernelText
{
    // Where a kernel tells the compiler of none, as most do.
    private const int UsualGroup = 256;

    private static readonly string[] s_groupSizes = ["GroupSize", "Threads"];

    /// <summary>Without a device: for the oldest GPUs that have tensor cores of this kind, as ILGPU does for newer ones too.</summary>
    public static PTXCompiledKernel Compile(MethodInfo kernel)
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O1));
        using PTXBackend backend = new(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_80, null!);
        return (PTXCompiledKernel)Compile(kernel, backend);
    }

    /// <summary>As a device's own backend makes it.</summary>
    public static CompiledKernel Compile(MethodInfo kernel, Backend backend) => backend.Compile(
        EntryPointDescription.FromExplicitlyGroupedKernel(kernel),
        kernel.GetCustomAttribute<KernelAttribute>()?.Specialization ?? KernelSpecialization.Empty);

    /// <summary>Whether it is known to keep values in local memory.</summary>
    public static bool MaySpill(MethodInfo kernel) =>
        kernel.GetCustomAttribute<KernelAttribute>() is { LocalMemoryReason: not null } or { SpillReason: not null };

    /// <summary>The threads of its groups: as it tells the compiler, or as its class names them.</summary>
    public static int GroupSizeOf(MethodInfo kernel)
    {
        int told = kernel.GetCustomAttribute<KernelAttribute>()?.GroupSize ?? 0;
        return told > 0 ? told : s_groupSizes
            .Select(name => kernel.DeclaringType!.GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(field => field is { IsLiteral: true } ? (int)field.GetRawConstantValue()! : 0)
            .FirstOrDefault(size => size > 0, UsualGroup);
    }
}
