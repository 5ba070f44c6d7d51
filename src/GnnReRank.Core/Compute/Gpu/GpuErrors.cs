namespace GnnReRank.Compute.Gpu;

/// <summary>What can go wrong on a device, in words.</summary>
internal static class GpuErrors
{
    public static GnnReRankException OutOfMemory(GpuDevice device, long bytes, Exception cause) => new(
        "DeviceOutOfMemory", ErrorKind.TooLarge,
        $"{device.Name} has no room for {MemoryBudget.Gigabytes(bytes)} GB more. Use -Device Cpu, a device with more memory, or a smaller -Top.",
        cause);
}
