namespace GnnReRank.Formats.Pickle;

/// <summary>
/// What a pickle may copy: no more items and bytes in all than a few times what the file has. A pickle as Python writes it names its
/// data once, and one that names some a thousand times is made to fill memory.
/// </summary>
internal sealed class PickleBudget
{
    // Protocol 2 copies a tensor's bytes twice: from text to bytes, and from those to a storage.
    private const int CopiesOfEachByte = 4;

    private readonly PickleSite _site;
    private long _left;

    public PickleBudget(PickleSite site, long fileLength)
    {
        _site = site;
        _left = fileLength * CopiesOfEachByte;
    }

    /// <exception cref="GnnReRankException">More than the file holds was copied.</exception>
    public void Charge(long count)
    {
        _left -= count;
        if (_left < 0)
        {
            throw _site.Refused("copies the same data over and over, far more than the file is long");
        }
    }
}
