namespace GnnReRank;

/// <summary>Applies a selection to rows of which everything is known.</summary>
internal static class RowSelector
{
    /// <summary>The rows taken, in ascending order.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="labels">The label of each row, or null.</param>
    /// <param name="cameras">The camera of each row, or null.</param>
    /// <param name="names">The name of each row, or null.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="subject">What the rows belong to, for messages: "'file.npz'".</param>
    /// <param name="cancellation">Stops the selection.</param>
    /// <param name="indexName">The parameter that gave the indices, for messages.</param>
    /// <exception cref="GnnReRankException">The selection does not fit the rows, or takes none.</exception>
    public static int[] Rows(
        RowSelection selection, long[]? labels, int[]? cameras, string[]? names, int rowCount, string subject,
        CancellationToken cancellation = default, string indexName = "-Index")
    {
        RowFilter filter = new(selection, subject, labels is not null, cameras is not null, names is not null, indexName);
        filter.CheckIndices(rowCount);
        IEnumerable<int> passing = Enumerable.Range(0, rowCount).Where(Takes);
        int[] rows = Limited(passing, selection);
        return rows.Length > 0 ? rows : throw filter.NothingLeft(rowCount);

        bool Takes(int row)
        {
            cancellation.ThrowIfCancellationRequested();
            return filter.Takes(row, labels is null ? 0 : labels[row], cameras is null ? 0 : cameras[row], names?[row]);
        }
    }

    private static int[] Limited(IEnumerable<int> rows, RowSelection selection)
    {
        if (selection.Random is int count)
        {
            return RandomRows.Draw(rows, count, selection.Seed);
        }

        return selection.First is int first ? [.. rows.Take(first)] : [.. rows];
    }
}
