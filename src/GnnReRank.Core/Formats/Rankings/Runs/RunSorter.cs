namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Orders the entries of lists: by rank, or by score with ties by document or by gallery row.</summary>
internal sealed class RunSorter : IComparer<RunEntry>
{
    private readonly RankingOrder _order;
    private readonly DocumentOrder? _documents;

    /// <param name="order">What decides.</param>
    /// <param name="documents">What decides between equal scores; null takes the gallery row.</param>
    public RunSorter(RankingOrder order, DocumentOrder? documents)
    {
        _order = order;
        _documents = documents;
    }

    public int Compare(RunEntry x, RunEntry y) =>
        _order == RankingOrder.Rank ? x.Rank.CompareTo(y.Rank)
        : x.Score != y.Score ? y.Score.CompareTo(x.Score)
        : _documents is not null ? _documents.PlaceOf(x.Gallery).CompareTo(_documents.PlaceOf(y.Gallery))
        : x.Gallery.CompareTo(y.Gallery);

    /// <summary>Orders a list, which usually is in order already.</summary>
    public void Sort(Span<RunEntry> entries)
    {
        for (int i = 1; i < entries.Length; i++)
        {
            if (Compare(entries[i - 1], entries[i]) > 0)
            {
                entries.Sort(this);
                return;
            }
        }
    }

    /// <summary>Whether a list in this order goes against its other column: a worse rank before a better, or a lower score before a higher.</summary>
    public bool IsContradicted(ReadOnlySpan<RunEntry> entries)
    {
        for (int i = 1; i < entries.Length; i++)
        {
            (RunEntry before, RunEntry after) = (entries[i - 1], entries[i]);
            if (_order == RankingOrder.Rank ? before.Score < after.Score : before.Score > after.Score && before.Rank > after.Rank)
            {
                return true;
            }
        }

        return false;
    }
}
