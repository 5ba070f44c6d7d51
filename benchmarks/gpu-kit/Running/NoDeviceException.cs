namespace GnnReRank.GpuKit.Running;

/// <summary>There is no device to prove; the message is the one line that says so.</summary>
internal sealed class NoDeviceException(string message) : Exception(message);
