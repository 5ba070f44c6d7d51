namespace GnnReRank.Formats.Columns;

/// <summary>Parts one table into query and gallery by a text column that names each row's set.</summary>
internal static class SetSplitter
{
    /// <summary>One table a set, in the order asked for; rows of other sets (such as train) are left out.</summary>
    /// <exception cref="GnnReRankException">A set has no rows.</exception>
    public static IReadOnlyList<FeatureTable> Split(FeatureTable table, string[] setOfRow, IReadOnlyList<FeatureRole> sets, string path) =>
        sets.Select(role => Part(table, setOfRow, role, path)).ToArray();

    /// <summary>The rows of a set, in ascending order.</summary>
    public static int[] RowsOf(string[] setOfRow, FeatureRole role) => [.. Enumerable.Range(0, setOfRow.Length)
        .Where(row => setOfRow[row].Equals(role.ToString(), StringComparison.OrdinalIgnoreCase))];

    /// <summary>The error where a set has no row.</summary>
    public static GnnReRankException NotFound(string path, FeatureRole role, IEnumerable<string> present) => new(
        "SetNotFound", ErrorKind.NotFound,
        $"'{path}' has no row of the set '{role.ToString().ToLowerInvariant()}'. Its sets are: {FormatErrors.Listed(present)}.");

    private static FeatureTable Part(FeatureTable table, string[] setOfRow, FeatureRole role, string path)
    {
        int[] rows = RowsOf(setOfRow, role);
        if (rows.Length == 0)
        {
            throw NotFound(path, role, setOfRow.Distinct());
        }

        return table.Pick(rows, role);
    }
}
