namespace GnnReRank.Tuning;

/// <summary>
/// How much more of the machine's memory the process comes to hold during some work, managed and native together: the largest working
/// set that is seen, fifty times a second, less that before. What the collector kept of earlier work is given back first. A figure to
/// compare methods by, and no more: what other threads of the process do is in it.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(20);

    private readonly Timer _timer;
    private readonly long _before;
    private long _most;

    public MemoryWatch()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _before = Environment.WorkingSet;
        _timer = new Timer(_ => Look(), null, s_period, s_period);
    }

    /// <summary>Bytes; not negative.</summary>
    public long Peak
    {
        get
        {
            Look();
            return Math.Max(0, Interlocked.Read(ref _most) - _before);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long now = Environment.WorkingSet;
        long most = Interlocked.Read(ref _most);
        while (now > most)
        {
            long seen = Interlocked.CompareExchange(ref _most, now, most);
            most = seen == most ? now : seen;
        }
    }
}
