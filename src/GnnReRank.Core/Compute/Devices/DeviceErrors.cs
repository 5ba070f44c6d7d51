namespace GnnReRank.Compute.Devices;

/// <summary>What can be wrong with a choice of device, in words.</summary>
internal static class DeviceErrors
{
    public static GnnReRankException Invalid(string? text, IReadOnlyList<ReRankDevice> devices) => new(
        "InvalidDevice", ErrorKind.InvalidArgument,
        $"'{text}' names no device: Auto, Cpu, Cuda, OpenCL, or one of several as Cuda:0 or OpenCL:1 is expected. {Here(devices)}");

    public static GnnReRankException NotFound(string choice, IReadOnlyList<ReRankDevice> devices) => new(
        "DeviceNotFound", ErrorKind.NotFound,
        $"There is no device {choice}. {Here(devices)} Use one of these, or Auto; a GPU needs its maker's driver.");

    public static GnnReRankException NotUsable(ReRankDevice device) => new(
        "DeviceNotUsable", ErrorKind.NotSupported,
        $"{device} cannot be used. {device.Reason} Use Auto, Cpu, or another device that Get-ReRankDevice shows as usable.");

    public static GnnReRankException Failed(ReRankDevice device, Exception cause) => new(
        "DeviceFailed", ErrorKind.NotSupported,
        $"{device} failed: {cause.Message} It is opened afresh at the next call: try again, or use -Device Cpu. " +
        "If it fails each time, start a new session, which some faults of a driver need, or update the driver.",
        cause);

    private static string Here(IReadOnlyList<ReRankDevice> devices) => $"Devices here: {string.Join(", ", devices)}.";
}
