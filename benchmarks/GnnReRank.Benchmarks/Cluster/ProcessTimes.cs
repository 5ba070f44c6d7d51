using System.Runtime.InteropServices;

namespace GnnReRank.Benchmarks;

/// <summary>The processor time of the processes that this one has started and waited for, and of those they waited for.</summary>
internal static partial class ProcessTimes
{
    private const int Children = -1;
    private const double Micro = 1e-6;

    /// <summary>Seconds, in programs and in the system for them; 0 where the system does not tell.</summary>
    public static unsafe double OfChildren()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        // Two times of two longs each, and fourteen longs more.
        long* usage = stackalloc long[18];
        return GetUsage(Children, usage) == 0 ? usage[0] + usage[2] + (Micro * (usage[1] + usage[3])) : 0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);
}
