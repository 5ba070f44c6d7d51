namespace GnnReRank.Compute.Gpu;

/// <summary>What the tests must know of a kernel that is not like the others; most need no such mark.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KernelAttribute : Attribute
{
    /// <summary>Whether it runs on NVIDIA's devices alone, so that no OpenCL device can try it.</summary>
    public bool IsCudaOnly { get; init; }

    /// <summary>Why it may keep values in local memory, which is slow; null where it may not.</summary>
    public string? LocalMemoryReason { get; init; }
}
