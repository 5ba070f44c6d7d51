namespace GnnReRank;

/// <summary>Whether rankings are of the same images. Features and precision may differ: what must agree is which image a row number means.</summary>
internal static class SameImages
{
    /// <exception cref="GnnReRankException">A ranking is of other images than the first.</exception>
    public static void Require(IReadOnlyList<Ranking> rankings)
    {
        for (int other = 1; other < rankings.Count; other++)
        {
            string? difference =
                Difference("query", rankings[0].Query, rankings[other].Query) ??
                Difference("gallery", rankings[0].Gallery, rankings[other].Gallery);
            if (difference is not null)
            {
                throw new GnnReRankException(
                    "RankingsOfOtherImages", ErrorKind.InvalidArgument,
                    $"Rankings 1 ({rankings[0].Settings}) and {other + 1} ({rankings[other].Settings}) are not of the same images: {difference}. " +
                    "Give rankings of one query and one gallery, in the same order of rows.");
            }
        }
    }

    private static string? Difference(string role, FeatureMatrix first, FeatureMatrix second)
    {
        if (ReferenceEquals(first, second))
        {
            return null;
        }

        if (first.RowCount != second.RowCount)
        {
            return $"their {role} matrices have {first.RowCount:N0} and {second.RowCount:N0} rows";
        }

        return FirstDifference(role, "name", first.Names, second.Names) ??
            FirstDifference(role, "label", first.Labels, second.Labels) ??
            FirstDifference(role, "camera", first.Cameras, second.Cameras);
    }

    private static string? FirstDifference<T>(string role, string what, IReadOnlyList<T>? first, IReadOnlyList<T>? second)
    {
        if (first is null || second is null)
        {
            return null;
        }

        for (int row = 0; row < first.Count; row++)
        {
            if (!EqualityComparer<T>.Default.Equals(first[row], second[row]))
            {
                return $"{role} row {row} has the {what} '{first[row]}' in one and '{second[row]}' in the other";
            }
        }

        return null;
    }
}
