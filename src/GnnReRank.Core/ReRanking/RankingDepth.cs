namespace GnnReRank;

/// <summary>How many gallery rows a ranking keeps.</summary>
internal static class RankingDepth
{
    /// <summary>All for null; never more than there are.</summary>
    /// <exception cref="GnnReRankException">top is less than 1.</exception>
    public static int Of(int? top, FeatureMatrix gallery)
    {
        if (top < 1)
        {
            throw new GnnReRankException(
                "InvalidTop", ErrorKind.InvalidArgument,
                $"Top is {top}: it is the number of gallery rows to keep a query, so it must be at least 1. Leave it out to keep all.");
        }

        return Math.Min(top ?? gallery.RowCount, gallery.RowCount);
    }
}
