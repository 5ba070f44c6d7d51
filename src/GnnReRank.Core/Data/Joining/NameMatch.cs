namespace GnnReRank;

/// <summary>Finds the rows of one matrix that bear the names of another's.</summary>
internal static class NameMatch
{
    /// <summary>For each row of the first matrix the row of the other with its name; null where the order is the same.</summary>
    /// <param name="first">The matrix that sets the order.</param>
    /// <param name="other">The matrix to bring into it, with as many rows.</param>
    /// <param name="place">Its 0-based place among those joined, for messages.</param>
    /// <exception cref="GnnReRankException">A name is missing, or two rows bear the same.</exception>
    public static int[]? Order(FeatureMatrix first, FeatureMatrix other, int place)
    {
        string[] wanted = Names(first, 0);
        Dictionary<string, int> rows = new(other.RowCount, StringComparer.Ordinal);
        string[] present = Names(other, place);
        for (int row = 0; row < present.Length; row++)
        {
            if (!rows.TryAdd(present[row], row))
            {
                throw new GnnReRankException(
                    "DuplicateName", ErrorKind.InvalidArgument,
                    $"{JoinChecks.Name(other, place)} has the name '{present[row]}' in rows {rows[present[row]]} and {row} (0-based): -MatchNames needs names that occur once.");
            }
        }

        // As many rows, every name once, and every name found: so each row is taken exactly once.
        int[] order = new int[wanted.Length];
        for (int row = 0; row < wanted.Length; row++)
        {
            order[row] = rows.TryGetValue(wanted[row], out int found) ? found : throw new GnnReRankException(
                "NameNotFound", ErrorKind.InvalidArgument,
                $"{JoinChecks.Name(other, place)} has no row named '{wanted[row]}', which is row {row} (0-based) of {JoinChecks.Name(first, 0)}: both need the same images.");
        }

        return order.AsSpan().SequenceEqual([.. Enumerable.Range(0, order.Length)]) ? null : order;
    }

    private static string[] Names(FeatureMatrix matrix, int place) => matrix.NameArray ?? throw new GnnReRankException(
        "NamesMissing", ErrorKind.InvalidArgument,
        $"{JoinChecks.Name(matrix, place)} has no names, and -MatchNames matches rows by them. Import it with -NameColumn, or leave -MatchNames out where the rows are in the same order.");
}
