namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// Memory that hangs on an object of the collector and is none of its own: it would not hurry for a small one.
/// </summary>
internal sealed class MemoryLoad
{
    private readonly long _bytes;

    public MemoryLoad(long bytes)
    {
        _bytes = Math.Max(1, bytes);
        GC.AddMemoryPressure(_bytes);
    }

    ~MemoryLoad() => GC.RemoveMemoryPressure(_bytes);
}
