namespace GnnReRank.Tests.Evaluation;

/// <summary>One query's figures by their definitions, with plain loops over what is left of its list once junk is gone.</summary>
/// <param name="Left">Whether each image left in the list is good.</param>
/// <param name="GoodCount">How many good images the gallery holds.</param>
internal sealed record NaiveQuery(bool[] Left, int GoodCount)
{
    public static NaiveQuery Of(int[] list, int galleryCount, Func<int, bool> isGood, Func<int, bool> isJunk)
    {
        List<bool> left = [];
        foreach (int row in list)
        {
            if (!isJunk(row))
            {
                left.Add(isGood(row));
            }
        }

        return new NaiveQuery([.. left], Enumerable.Range(0, galleryCount).Count(row => isGood(row) && !isJunk(row)));
    }

    private bool HasAll => Left.Count(good => good) == GoodCount;

    private double PrecisionAfter(int ranks)
    {
        int hits = 0;
        for (int rank = 0; rank < ranks; rank++)
        {
            hits += Left[rank] ? 1 : 0;
        }

        return (double)hits / ranks;
    }

    /// <summary>Each relevant rank's step of recall, times the precision there, or the mean of that and the precision just before it.</summary>
    public double AveragePrecision(ApKind kind, int depth, int divisorDepth)
    {
        double sum = 0;
        for (int rank = 0; rank < Math.Min(depth, Left.Length); rank++)
        {
            if (Left[rank])
            {
                double before = rank == 0 ? 1 : PrecisionAfter(rank);
                sum += kind == ApKind.Uninterpolated ? PrecisionAfter(rank + 1) : (before + PrecisionAfter(rank + 1)) / 2;
            }
        }

        return sum / Math.Min(GoodCount, divisorDepth);
    }

    /// <summary>1 where an image within the first ranks is good; null where the list ends before it can say.</summary>
    public double? Recall(int rank) => Left.Take(rank).Any(good => good) ? 1 : Left.Length >= rank || HasAll ? 0 : null;

    public double? InversePenalty => HasAll ? (double)GoodCount / (Array.LastIndexOf(Left, true) + 1) : null;

    public double? RPrecision => Left.Length >= GoodCount ? PrecisionAfter(GoodCount) : null;

    public double? MapAtR
    {
        get
        {
            if (Left.Length < GoodCount)
            {
                return null;
            }

            double sum = 0;
            for (int rank = 1; rank <= GoodCount; rank++)
            {
                sum += Left[rank - 1] ? PrecisionAfter(rank) : 0;
            }

            return sum / GoodCount;
        }
    }

    /// <summary>revisitop's: within the lesser of k and the largest positive rank. For whole lists.</summary>
    public double PrecisionWithin(int k) => PrecisionAfter(Math.Min(Array.LastIndexOf(Left, true) + 1, k));
}
