using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Columns;

/// <summary>Parts one table into query and gallery by a column that names each row's set, or a column a set.</summary>
internal static class SetSplitter
{
    /// <summary>One table a set, in the order asked for; rows of other sets (such as train) are left out.</summary>
    /// <exception cref="GnnReRankException">A set has no rows.</exception>
    public static IReadOnlyList<FeatureTable> Split(FeatureTable table, RowSets rows, IReadOnlyList<FeatureRole> sets, string path) =>
        sets.Select(role => Part(table, rows, role, path)).ToArray();

    /// <summary>The error where a set has no row.</summary>
    public static GnnReRankException NotFound(string path, FeatureRole role, IEnumerable<string> present) => new(
        "SetNotFound", ErrorKind.NotFound,
        $"'{path}' has no row of the set '{role.ToString().ToLowerInvariant()}'. Its sets are: {FormatErrors.Listed(present)}.");

    private static FeatureTable Part(FeatureTable table, RowSets sets, FeatureRole role, string path)
    {
        int[] rows = sets.RowsOf(role);
        if (rows.Length == 0)
        {
            throw NotFound(path, role, sets.Present);
        }

        return table.Pick(rows, role);
    }
}
