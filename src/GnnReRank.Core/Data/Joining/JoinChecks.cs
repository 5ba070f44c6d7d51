namespace GnnReRank;

/// <summary>What must hold of matrices that are joined.</summary>
internal static class JoinChecks
{
    /// <exception cref="GnnReRankException">There are too few.</exception>
    public static void RequireMatrices(IReadOnlyList<FeatureMatrix> matrices, int least)
    {
        ArgumentNullException.ThrowIfNull(matrices);
        if (matrices.Count < least)
        {
            throw new GnnReRankException(
                "TooFewMatrices", ErrorKind.InvalidArgument, $"{matrices.Count} matrices were given to join: at least {least} are needed.");
        }
    }

    /// <exception cref="GnnReRankException">A matrix has another number of something than the first.</exception>
    public static void RequireSame(IReadOnlyList<FeatureMatrix> matrices, Func<FeatureMatrix, int> count, string what, string rule)
    {
        for (int place = 1; place < matrices.Count; place++)
        {
            if (count(matrices[place]) != count(matrices[0]))
            {
                throw new GnnReRankException(
                    "MatricesDoNotFit", ErrorKind.InvalidArgument,
                    $"{Name(matrices, place)} has {count(matrices[place]):N0} {what}, and {Name(matrices, 0)} has {count(matrices[0]):N0}. {rule}");
            }
        }
    }

    /// <exception cref="GnnReRankException">Something is known of the rows of some matrices and not of others.</exception>
    public static void RequireAllOrNone(IReadOnlyList<FeatureMatrix> matrices, Func<FeatureMatrix, bool> has, string what)
    {
        int[] without = [.. Enumerable.Range(0, matrices.Count).Where(place => !has(matrices[place]))];
        if (without.Length == 0 || without.Length == matrices.Count)
        {
            return;
        }

        int with = Enumerable.Range(0, matrices.Count).First(place => has(matrices[place]));
        throw new GnnReRankException(
            "PartlyKnownRows", ErrorKind.InvalidArgument,
            $"{Name(matrices, without[0])} has no {what}, and {Name(matrices, with)} has: rows that are joined need them all, or none. " +
            "Import each matrix with them, or leave them out of all.");
    }

    /// <summary>A matrix for a message: its number, and where it came from.</summary>
    public static string Name(IReadOnlyList<FeatureMatrix> matrices, int place) => Name(matrices[place], place);

    /// <inheritdoc cref="Name(IReadOnlyList{FeatureMatrix}, int)"/>
    public static string Name(FeatureMatrix matrix, int place) =>
        $"Matrix {place + 1}{(matrix.Source is string source ? $" ('{source}')" : string.Empty)}";
}
