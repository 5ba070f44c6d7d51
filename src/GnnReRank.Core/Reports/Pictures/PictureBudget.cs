namespace GnnReRank.Reports.Pictures;

/// <summary>How many bytes of embedded pictures a report may still take. For one thread: which pictures fit must not depend on their number.</summary>
internal sealed class PictureBudget(long limit = PictureBudget.Limit)
{
    /// <summary>Browsers open a file of this size without trouble; twice as much makes them slow.</summary>
    public const long Limit = 64L << 20;

    private long _left = limit;

    /// <summary>Whether a picture was refused: no later one is taken, so that none need be made.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Takes bytes, if there are so many left and none were refused before.</summary>
    public bool TryTake(long bytes)
    {
        IsSpent |= bytes > _left;
        _left -= IsSpent ? 0 : bytes;
        return !IsSpent;
    }
}
