using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Kernels;

/// <summary>
/// Marks a kernel, and says what the compiler is told of it and where it is not like the others; tests find kernels by
/// their shape, with this mark or without.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KernelAttribute : Attribute
{
    /// <summary>Whether it runs on NVIDIA's devices alone, so that no OpenCL device can try it.</summary>
    public bool IsCudaOnly { get; init; }

    /// <summary>The threads of its groups, told to the compiler; 0 where it need not know.</summary>
    public int GroupSize { get; init; }

    /// <summary>The groups that shall share a multiprocessor, for which the compiler limits registers.</summary>
    public int GroupsTogether { get; init; } = 1;

    /// <summary>What the compiler is told.</summary>
    public KernelSpecialization Specialization => GroupSize == 0 ? KernelSpecialization.Empty : new KernelSpecialization(GroupSize, GroupsTogether);

    /// <summary>Why it may keep values in local memory, which is slow; null where it may not.</summary>
    public string? LocalMemoryReason { get; init; }

    /// <summary>Why NVIDIA's compiler may spill registers of it, which keeps none in local memory itself; null where it may not.</summary>
    public string? SpillReason { get; init; }
}
