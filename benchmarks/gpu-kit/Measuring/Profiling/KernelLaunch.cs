namespace GnnReRank.GpuKit.Measuring;

/// <summary>One launch of a kernel.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Groups">Groups.</param>
/// <param name="GroupSize">Threads a group.</param>
/// <param name="Milliseconds">How long it ran.</param>
internal readonly record struct KernelLaunch(string Kernel, long Groups, int GroupSize, double Milliseconds);
