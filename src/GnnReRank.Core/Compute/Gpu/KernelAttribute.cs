namespace GnnReRank.Compute.Gpu;

/// <summary>Marks a method that is launched on devices, so that tests find it and look at its code for each.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KernelAttribute : Attribute
{
    /// <summary>Why the kernel may keep arrays or spilled values in local memory, which is slow; null where it may not.</summary>
    public string? LocalMemoryReason { get; init; }
}
