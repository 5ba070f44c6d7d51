namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Makes a ranking of the entries of a run, in whatever order they come. Memory follows the entries.</summary>
internal sealed class RunBuilder
{
    private readonly RunSource _source;
    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly RankingReadOptions _options;
    private readonly RunSide _querySide;
    private readonly RunSide _gallerySide;
    private readonly RunList?[] _lists;
    private readonly DocumentOrder? _documents;
    private readonly UnknownNames _unknownQueries = new();
    private readonly UnknownNames _unknownGallery = new();
    private long _count;

    /// <param name="source">The run.</param>
    /// <param name="query">The queries.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="options">How rows are found and ordered.</param>
    /// <param name="isTrec">Whether names and ties are those of TREC runs.</param>
    public RunBuilder(RunSource source, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options, bool isTrec)
    {
        _source = source;
        _query = query;
        _gallery = gallery;
        _options = options;
        _querySide = new RunSide(source, query, "query", options.Match, new RowLookup(query, TrecName.QueryPrefix, isTrec));
        _gallerySide = new RunSide(source, gallery, "gallery", options.Match, new RowLookup(gallery, TrecName.GalleryPrefix, isTrec));
        _lists = new RunList?[query.RowCount];
        _documents = isTrec ? new DocumentOrder(gallery.RowCount) : null;
    }

    /// <summary>The most images that a list can hold.</summary>
    public int GalleryCount => _gallery.RowCount;

    /// <summary>Whether entries have scores; the first says it for all.</summary>
    public bool? HasScores { get; private set; }

    /// <summary>Whether entries have ranks; the first says it for all.</summary>
    public bool? HasRanks { get; private set; }

    /// <summary>The row of a query; <see cref="RunSide.Unknown"/> where the matrix does not have it, whose entries are then passed over.</summary>
    public int FindQuery(ReadOnlySpan<char> name, long? index, long? label, long place)
    {
        int row = _querySide.Find(name, index, label, place);
        if (row == RunSide.Unknown)
        {
            _unknownQueries.Add(name);
        }

        return row;
    }

    /// <summary>The row of a gallery image; <see cref="RunSide.Unknown"/> where the matrix does not have it and that is allowed.</summary>
    /// <exception cref="GnnReRankException">The matrix does not have it.</exception>
    public int FindGallery(ReadOnlySpan<char> name, long? index, long? label, long place)
    {
        int row = _gallerySide.Find(name, index, label, place);
        if (row != RunSide.Unknown)
        {
            _documents?.Add(row, name);
            return row;
        }

        _unknownGallery.Add(name);
        return _options.SkipUnknown ? RunSide.Unknown : throw _source.Error(
            "UnknownGalleryImage", place,
            $"names '{name}', which the gallery matrix does not have ({RunErrors.RowsOf(_gallery, TrecName.GalleryPrefix)}). " +
            "Give the gallery that the run was made of; or leave such images out with -SkipUnknown.");
    }

    /// <summary>Adds an entry of rows that were found.</summary>
    /// <param name="query">0-based query row.</param>
    /// <param name="gallery">0-based gallery row.</param>
    /// <param name="score">As the run gives it; null where it gives none.</param>
    /// <param name="rank">As the run gives it; null where it gives none.</param>
    /// <param name="place">Where it stands in the file.</param>
    /// <exception cref="GnnReRankException">The score is no number, or is given here and not elsewhere.</exception>
    public void Add(int query, int gallery, double? score, long? rank, long place)
    {
        HasScores ??= score is not null;
        HasRanks ??= rank is not null;
        if (HasScores != score is not null || HasRanks != rank is not null)
        {
            throw _source.Error(
                "RunIncomplete", place,
                $"has {(score is null ? "no" : "a")} score and {(rank is null ? "no" : "a")} rank, unlike the entries before it: all need the same.");
        }

        if (score is double.NaN)
        {
            throw _source.Error("RunScoreNotANumber", place, "has a score that is not a number (NaN). Correct or drop the entry.");
        }

        RunEntry entry = new(
            gallery, RunScore.Of(score ?? 0, _options.ScoreKind), (int)Math.Clamp(rank ?? 0, int.MinValue, int.MaxValue), (int)Math.Min(place, int.MaxValue));
        RunList list = _lists[query] ??= new RunList();
        list.Add(entry);
        _count++;
        if (list.Entries.Length > GalleryCount)
        {
            // Told at once, so that a file that repeats itself does not fill the memory.
            new RunLists(_source, _gallery).RequireDifferentImages(list.Entries);
        }
    }

    /// <summary>The ranking of all that was added.</summary>
    /// <param name="settings">What the run says of itself.</param>
    /// <param name="usual">What the order is taken from, unless the options say it or the run has no such column.</param>
    /// <exception cref="GnnReRankException">Nothing matched, an image stands twice in a list, or there is nothing to order by.</exception>
    public Ranking Build(ImportedSettings settings, RankingOrder usual)
    {
        if (_count == 0)
        {
            throw RunErrors.NothingMatches(_source, _query, _unknownQueries.Count > 0 ? _unknownQueries : _unknownGallery, _unknownQueries.Count > 0);
        }

        RankingOrder order = OrderOf(usual);
        RunLists lists = new(_source, _gallery);
        RunListShape shape = new(new RunSorter(order, _documents), order, HasScores == true, HasRanks == true, _options.Top);
        int[][] indices = new int[_lists.Length][];
        float[][] scores = new float[_lists.Length][];
        for (int query = 0; query < _lists.Length; query++)
        {
            _options.Compute.CancellationToken.ThrowIfCancellationRequested();
            (indices[query], scores[query]) = lists.Of(_lists[query], shape);
            _lists[query] = null;
        }

        Tell(indices, order, lists.ContradictedCount);
        return new Ranking(_query, _gallery, new RaggedRows<int>(indices), new RaggedRows<float>(scores), settings);
    }

    private RankingOrder OrderOf(RankingOrder usual)
    {
        RankingOrder wanted = _options.Order ?? usual;
        bool canBe = (wanted == RankingOrder.Rank ? HasRanks : HasScores) == true;
        RankingOrder other = wanted == RankingOrder.Rank ? RankingOrder.Score : RankingOrder.Rank;
        bool canBeOther = (other == RankingOrder.Rank ? HasRanks : HasScores) == true;
        return canBe ? wanted
            : canBeOther && _options.Order is null ? other
            : throw RunErrors.NoOrder(_source, wanted);
    }

    private void Tell(int[][] indices, RankingOrder order, int contradicted)
    {
        ComputeOptions compute = _options.Compute;
        int without = indices.Count(list => list.Length == 0);
        compute.Log?.Invoke(FormattableString.Invariant(
            $"Read {_count:N0} entries of {indices.Length - without:N0} queries, ordered by {order.ToString().ToLowerInvariant()}"));
        foreach (string warning in RunErrors.Warnings(_source, _query, indices, _unknownQueries, _unknownGallery))
        {
            compute.Warn?.Invoke(warning);
        }

        if (contradicted > 0)
        {
            compute.Warn?.Invoke(RunErrors.Contradicted(_source, order, contradicted, indices.Length - without));
        }
    }
}
