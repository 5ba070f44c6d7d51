namespace GnnReRank.Formats.Tables;

/// <summary>Takes the rows and columns that options ask for of a table that holds all of them, for readers that do not do so as they read.</summary>
internal static class TableSelection
{
    /// <exception cref="GnnReRankException">The selection does not fit the table, or takes nothing of it.</exception>
    public static FeatureTable Apply(FeatureTable table, string path, FeatureReadOptions options)
    {
        // Rows that another file speaks of are left to be taken here, also where a reader takes columns.
        bool areRowsLeft = options.HasRowFiles && options.Rows is { TakesAll: false };
        if ((table.IsSelected && !areRowsLeft) || !options.IsSelective)
        {
            return table;
        }

        string subject = SubjectOf(path, table.Role, options);
        int[] rows = RowSelector.Rows(options.Rows ?? new RowSelection(), table.Labels, table.Cameras, table.Names, table.RowCount, subject, options.Compute.CancellationToken);
        int[]? columns = table.IsSelected ? null : ColumnSelection.Of(options.Columns, table.Storage.Dimension, subject);
        return table.Pick(rows, table.Role, columns) with { IsSelected = true };
    }

    /// <summary>What an error of the selection speaks of: the file, and the set where sets were asked for.</summary>
    public static string SubjectOf(string path, FeatureRole role, FeatureReadOptions options) =>
        options.Sets is { Count: > 0 } ? $"'{path}', set {role.ToString().ToLowerInvariant()}" : $"'{path}'";
}
