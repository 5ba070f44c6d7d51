namespace GnnReRank;

/// <summary>What several matrices know of the same rows, where they agree.</summary>
internal static class RowAgreement
{
    /// <summary>What the first matrix knows that knows it; null where none does.</summary>
    /// <param name="matrices">The matrices.</param>
    /// <param name="orders">For each, the row that stands for each row of the first; null where the order is the same.</param>
    /// <param name="known">What a matrix knows.</param>
    /// <param name="what">Its name, for messages.</param>
    /// <exception cref="GnnReRankException">Two matrices know different things of a row.</exception>
    public static T[]? Common<T>(IReadOnlyList<FeatureMatrix> matrices, int[]?[] orders, Func<FeatureMatrix, T[]?> known, string what)
        where T : IEquatable<T>
    {
        int[] knowing = [.. Enumerable.Range(0, matrices.Count).Where(place => known(matrices[place]) is not null)];
        if (knowing.Length == 0)
        {
            return null;
        }

        T[] common = Ordered(known(matrices[knowing[0]])!, orders[knowing[0]]);
        foreach (int place in knowing.Skip(1))
        {
            T[] other = Ordered(known(matrices[place])!, orders[place]);
            int difference = common.AsSpan().CommonPrefixLength(other);
            if (difference < common.Length)
            {
                throw new GnnReRankException(
                    "RowsDisagree", ErrorKind.InvalidArgument,
                    $"Row {difference} (0-based) has the {what} '{common[difference]}' in {JoinChecks.Name(matrices, knowing[0])} and '{other[difference]}' in " +
                    $"{JoinChecks.Name(matrices, place)}: matrices whose columns are joined need the same images in the same order. " +
                    "Where both have names, -MatchNames brings the rows into the order of the first.");
            }
        }

        return common;
    }

    private static T[] Ordered<T>(T[] values, int[]? order) => order is null ? values : Array.ConvertAll(order, row => values[row]);
}
