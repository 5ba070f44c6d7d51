using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Tables;

/// <summary>Labels that stand beside the features in a table without names: their column is the first or the last, and holds whole numbers alone.</summary>
internal static class LabelSuspicion
{
    private const int RowsLookedAt = 64;

    /// <summary>The warning where such columns were taken as features; null where there are none.</summary>
    /// <param name="table">The table as it was read.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the look at the rows.</param>
    public static string? Of(FeatureTable table, string path, CancellationToken cancellation)
    {
        if (table.UnnamedColumns is not (string first, string last) || table.Storage.Dimension < 2 || !HasFractions(table))
        {
            return null;
        }

        int width = table.Storage.Dimension;
        string[] suspects = [.. new[] { (first, 0), (last, width - 1) }.Where(end => IsLikeLabels(table, end.Item2, cancellation)).Select(end => end.Item1)];
        return suspects.Length == 0 ? null
            : $"'{path}': all {width:N0} columns are taken as the dimensions, and {FormatErrors.Listed(suspects)} of them {(suspects.Length == 1 ? "holds" : "hold")} " +
            $"nothing but whole numbers, as labels do. If these are labels, say -LabelColumn {suspects[^1]}.";
    }

    // Where all features are whole, one more column of them says nothing.
    private static bool HasFractions(FeatureTable table)
    {
        Range between = table.Storage.Dimension > 2 ? 1..^1 : ..;
        return Enumerable.Range(0, Math.Min(table.RowCount, RowsLookedAt)).Any(row => Array.Exists(table.Storage.Row(row)[between].ToArray(), value => !IsWhole(value)));
    }

    // A dimension that is the same in all rows is no label, and common where networks leave values at zero.
    private static bool IsLikeLabels(FeatureTable table, int column, CancellationToken cancellation)
    {
        float first = table.Storage.Value(0, column);
        bool differs = false;
        for (int row = 0; row < table.RowCount; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            float value = table.Storage.Value(row, column);
            if (!IsWhole(value))
            {
                return false;
            }

            differs |= value != first;
        }

        return differs;
    }

    // Rows that miss values are dropped later, or refused.
    private static bool IsWhole(float value) => float.IsNaN(value) || MathF.Floor(value) == value;
}
