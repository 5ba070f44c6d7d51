namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Orders and checks lists, one after the other.</summary>
internal sealed class RunLists
{
    private readonly RunSource _source;
    private readonly FeatureMatrix _gallery;
    private readonly int[] _seen;
    private int _number;

    /// <param name="source">The run.</param>
    /// <param name="gallery">The gallery.</param>
    public RunLists(RunSource source, FeatureMatrix gallery)
    {
        _source = source;
        _gallery = gallery;
        _seen = new int[gallery.RowCount];
    }

    /// <summary>How many lists went against their other column.</summary>
    public int ContradictedCount { get; private set; }

    /// <summary>One query's list.</summary>
    /// <param name="list">Its entries; null where it has none.</param>
    /// <param name="shape">What they have, and how they are ordered.</param>
    /// <exception cref="GnnReRankException">An image or a rank stands twice.</exception>
    public (int[] Indices, float[] Scores) Of(RunList? list, RunListShape shape)
    {
        if (list is null)
        {
            return ([], []);
        }

        Span<RunEntry> entries = list.Entries;
        RequireDifferentImages(entries);
        shape.Sorter.Sort(entries);
        if (shape.Order == RankingOrder.Rank)
        {
            RequireDifferentRanks(entries);
        }

        ContradictedCount += shape.HasScores && shape.HasRanks && shape.Sorter.IsContradicted(entries) ? 1 : 0;
        int count = Math.Min(entries.Length, shape.Top ?? int.MaxValue);
        int[] indices = new int[count];
        float[] scores = new float[count];
        for (int place = 0; place < count; place++)
        {
            indices[place] = entries[place].Gallery;
            scores[place] = shape.HasScores ? RunScore.Kept(entries[place].Score) : RunScore.OfPlace(place);
        }

        return (indices, scores);
    }

    /// <exception cref="GnnReRankException">An image stands twice.</exception>
    public void RequireDifferentImages(ReadOnlySpan<RunEntry> entries)
    {
        _number++;
        foreach (RunEntry entry in entries)
        {
            if (_seen[entry.Gallery] == _number)
            {
                RunEntry first = entries.ToArray().First(each => each.Gallery == entry.Gallery);
                string name = _gallery.HasNames ? $" ('{_gallery.NameSpan[entry.Gallery]}')" : string.Empty;
                throw _source.Error(
                    "RunImageTwice", entry.Place,
                    $"has gallery row {entry.Gallery}{name} a second time for its query; the first is {_source.Unit} {first.Place}. Drop one of them.");
            }

            _seen[entry.Gallery] = _number;
        }
    }

    private void RequireDifferentRanks(ReadOnlySpan<RunEntry> entries)
    {
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries[i].Rank == entries[i - 1].Rank)
            {
                throw _source.Error(
                    "RunRankTwice", entries[i].Place,
                    $"gives rank {entries[i].Rank} a second time for its query; the first is {_source.Unit} {entries[i - 1].Place}. " +
                    "Correct the ranks, or go by the scores: -OrderBy Score.");
            }
        }
    }
}
