namespace GnnReRank.Indexing.Growth;

/// <summary>What must hold of rows that are to be removed.</summary>
internal static class RemovalChecks
{
    /// <exception cref="GnnReRankException">A row is not there, or none would be left.</exception>
    public static void Require(IReadOnlyCollection<int> rows, int count)
    {
        foreach (int row in rows)
        {
            if (row < 0 || row >= count)
            {
                throw new GnnReRankException(
                    "RowIndexOutOfRange", ErrorKind.InvalidArgument,
                    $"Row {row:N0} is to be removed, and the index's {count:N0} rows go from 0 to {count - 1:N0}. Rows are counted " +
                    "anew after each change.");
            }
        }

        if (rows.Distinct().Count() == count)
        {
            throw new GnnReRankException(
                "IndexWouldBeEmpty", ErrorKind.InvalidArgument,
                $"All {count:N0} rows of the index are to be removed: at least one must be left. Build a new index of what is to come.");
        }
    }
}
