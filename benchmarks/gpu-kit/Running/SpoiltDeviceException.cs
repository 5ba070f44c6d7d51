namespace GnnReRank.GpuKit.Running;

/// <summary>The device answers no more in this process: a fault in a kernel spoils a context for good.</summary>
internal sealed class SpoiltDeviceException(string message) : Exception(message);
