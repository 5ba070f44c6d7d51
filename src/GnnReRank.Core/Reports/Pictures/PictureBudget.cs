namespace GnnReRank.Reports.Pictures;

/// <summary>How many bytes of embedded pictures a report may still take. Safe to share between threads.</summary>
internal sealed class PictureBudget
{
    /// <summary>Browsers open a file of this size without trouble; twice as much makes them slow.</summary>
    public const long Limit = 64L << 20;

    private long _taken;

    /// <summary>Takes bytes, if there are so many left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= Limit)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }
}
