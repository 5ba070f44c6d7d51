using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>What can go wrong on a device, in words.</summary>
internal static class GpuErrors
{
    private const string OutOfMemoryId = "DeviceOutOfMemory";
    private const string LostId = "DeviceLost";
    private const string UnavailableId = "DeviceUnavailable";
    private const string TooSmallId = "DeviceTooSmall";
    private const string TooManyNeighborsId = "TooManyNeighborsForDevice";
    private const string MessagesId = "TooManyMessagesForDevice";

    /// <summary>Whether an exception says that a device, its driver or its compiler could not do what was asked.</summary>
    public static bool IsDeviceError(Exception exception) => exception switch
    {
        GnnReRankException known => known.ErrorId is OutOfMemoryId or LostId or UnavailableId or TooSmallId or TooManyNeighborsId or MessagesId,
        AggregateException several => several.InnerException is Exception first && IsDeviceError(first),
        // Thrown for kernels too; the engine's own refusals are errors in words.
        NotSupportedException => exception.Source == typeof(Context).Assembly.GetName().Name,
        _ => exception is AcceleratorException or InternalCompilerException or CapabilityNotSupportedException,
    };

    /// <summary>Whether an exception says that a device had no room left.</summary>
    public static bool IsOutOfMemory(Exception exception) =>
        exception is GnnReRankException { ErrorId: OutOfMemoryId };

    public static GnnReRankException OutOfMemory(string device, long bytes, Exception cause) => new(
        OutOfMemoryId, ErrorKind.TooLarge,
        $"{device} has no room for {MemoryBudget.Gigabytes(bytes)} GB more. Use -Device Cpu, a device with more memory, or a smaller -Top.",
        cause);

    public static GnnReRankException Unavailable(string device, Exception cause) => new(
        UnavailableId, ErrorKind.NotSupported,
        $"{device} could not be opened: {cause.Message} Another program may hold it: try again, or use -Device Cpu.",
        cause);

    public static GnnReRankException DoesNotFit(string plan) => new(
        TooSmallId, ErrorKind.TooLarge,
        $"{plan}: too much, even with the features in parts. Use -Device Cpu, a device with more memory, or a smaller -Top.");

    public static GnnReRankException TooManyNeighborsForPanels(string device, int neighborCount, int most) => new(
        TooManyNeighborsId, ErrorKind.TooLarge,
        FormattableString.Invariant(
            $"The features do not fit the memory of {device}, and {neighborCount:N0} neighbours are wanted; in parts at most {most:N0} can be found. Use -Device Cpu, a device with more memory, or fewer neighbours."));

    public static GnnReRankException TooManyMessages(string device, string name, int count, Exception? cause) => new(
        MessagesId, ErrorKind.TooLarge,
        FormattableString.Invariant($"{name} of {count:N0} vertices has more entries than {device} has room for. Use -Device Cpu, or lower K1, K2 or Layers."),
        cause);
}
