namespace GnnReRank.Tests.Formats;

/// <summary>Holds what a call allocates on its thread below a bound.</summary>
internal static class Allocation
{
    public static void AssertBelow(long bytes, Action call)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes);
    }
}
