namespace GnnReRank.Evaluation.Measuring;

/// <summary>Where the good images of one list stand: all the figures of a query follow from it.</summary>
/// <param name="ranks">0-based ranks of those in the list, junk removed, ascending.</param>
/// <param name="goodCount">How many the whole gallery holds; at least 1.</param>
/// <param name="rankedCount">How many images of the list count, junk removed.</param>
internal readonly ref struct GoodRanks(ReadOnlySpan<int> ranks, int goodCount, int rankedCount)
{
    private readonly ReadOnlySpan<int> _ranks = ranks;

    /// <summary>How many ranks can be told. Once every good image is found, all: what comes after is negative.</summary>
    public int KnownRanks => HasAll ? int.MaxValue : rankedCount;

    public bool HasAll => _ranks.Length == goodCount;

    /// <summary>0-based rank of the first good image; null where the list holds none.</summary>
    public int? First => _ranks.IsEmpty ? null : _ranks[0];

    /// <summary>Good images / 1-based rank of the last one; null where the list does not hold all.</summary>
    public double? InversePenalty => HasAll ? (double)goodCount / (_ranks[^1] + 1) : null;

    /// <summary>The same of a list that ends before others do: what it does not hold was not retrieved, so that all of so many ranks are known.</summary>
    public GoodRanks Ended(int depth) => new(_ranks, goodCount, depth);

    /// <summary>Average precision: the sum over the good images in the list, divided by their number, or by the most that can count.</summary>
    public double AveragePrecision(ApKind kind, int mostGood) => PrecisionSum(kind, _ranks) / Math.Min(goodCount, mostGood);

    /// <summary>The share of good images among the first R = good images; null where the list cannot tell.</summary>
    public double? RPrecision => KnownRanks < goodCount ? null : (double)CountWithin(goodCount) / goodCount;

    /// <summary>The precisions at the good images among the first R, divided by R; null where the list cannot tell.</summary>
    public double? MapAtR => KnownRanks < goodCount
        ? null
        : PrecisionSum(ApKind.Uninterpolated, _ranks[..CountWithin(goodCount)]) / goodCount;

    /// <summary>
    /// P@k of the revisited benchmarks: within min(k, 1-based rank of the last good image). Null where the list cannot tell.
    /// </summary>
    public double? PrecisionAt(int k)
    {
        if (KnownRanks < k)
        {
            return null;
        }

        int within = HasAll ? Math.Min(k, _ranks[^1] + 1) : k;
        return (double)CountWithin(within) / within;
    }

    private int CountWithin(int ranks)
    {
        int found = _ranks.BinarySearch(ranks);
        return found < 0 ? ~found : found;
    }

    /// <summary>The sum over good images; number i (0-based) at rank r adds (i + 1) / (r + 1), or the mean of that and the precision before it.</summary>
    private static double PrecisionSum(ApKind kind, ReadOnlySpan<int> ranks)
    {
        double sum = 0;
        for (int found = 0; found < ranks.Length; found++)
        {
            int rank = ranks[found];
            double at = (found + 1.0) / (rank + 1.0);
            double before = rank == 0 ? 1.0 : (double)found / rank;
            sum += kind == ApKind.Uninterpolated ? at : (before + at) / 2;
        }

        return sum;
    }
}
