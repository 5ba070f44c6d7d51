using GnnReRank.Compute.Gpu.Neighbors;

namespace GnnReRank.Compute.Gpu;

/// <summary>What can go wrong on a device, in words.</summary>
internal static class GpuErrors
{
    public static GnnReRankException OutOfMemory(GpuDevice device, long bytes, Exception cause) => new(
        "DeviceOutOfMemory", ErrorKind.TooLarge,
        $"{device.Name} has no room for {MemoryBudget.Gigabytes(bytes)} GB more. Use -Device Cpu, a device with more memory, or a smaller -Top.",
        cause);

    public static GnnReRankException DoesNotFit(GpuDevice device, GpuPlan plan) => new(
        "DeviceTooSmall", ErrorKind.TooLarge,
        $"{plan.Describe(device.Name)}: too much, even with the features in parts. Use -Device Cpu, a device with more memory, or a smaller -Top.");

    public static GnnReRankException TooManyNeighborsForPanels(GpuDevice device, int neighborCount) => new(
        "TooManyNeighborsForDevice", ErrorKind.TooLarge,
        FormattableString.Invariant(
            $"The features do not fit the memory of {device.Name}, and {neighborCount:N0} neighbours are wanted; in parts at most {SearchListSizes.MostWanted + 1:N0} can be found. Use -Device Cpu, a device with more memory, or fewer neighbours."));
}
