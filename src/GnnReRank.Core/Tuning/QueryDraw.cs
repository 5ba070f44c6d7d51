namespace GnnReRank.Tuning;

/// <summary>
/// Draws queries from a labelled gallery. Each row stays one vertex of the graph, as when one row at a time were left out: the graph is
/// that of the gallery, exactly. Only the lists miss something: the other rows that were drawn, a fifth of each identity.
/// </summary>
internal static class QueryDraw
{
    private const long Junk = -1;

    // One row of five, at least one: most of an identity stays to be found.
    private const int RowsPerQuery = 5;

    // Keeps these draws apart from the others of the same seed.
    private const int Stream = 1;

    /// <summary>The rows that become queries, ascending; each leaves a row of its identity, of another camera where cameras count, to be found.</summary>
    /// <param name="gallery">The labelled rows.</param>
    /// <param name="byCamera">Whether rows of the query's own camera are no matches.</param>
    /// <param name="seed">The seed.</param>
    public static int[] Of(FeatureMatrix gallery, bool byCamera, int seed)
    {
        long[] labels = gallery.LabelArray!;
        return
        [
            .. RandomOrder.Of(Enumerable.Range(0, gallery.RowCount), seed, Stream)
                .Where(row => labels[row] != Junk)
                .GroupBy(row => labels[row])
                .SelectMany(identity => OfIdentity([.. identity], byCamera ? gallery.CameraArray! : new int[gallery.RowCount], byCamera))
                .Order(),
        ];
    }

    private static List<int> OfIdentity(int[] rows, int[] cameras, bool byCamera)
    {
        Dictionary<int, int> left = rows.CountBy(row => cameras[row]).ToDictionary();
        int most = Math.Max(1, rows.Length / RowsPerQuery);
        List<int> drawn = [];
        foreach (int row in rows.TakeWhile(_ => drawn.Count < most))
        {
            left[cameras[row]]--;
            drawn.Add(row);
            int gallery = rows.Length - drawn.Count;
            if (drawn.Exists(query => gallery - (byCamera ? left[cameras[query]] : 0) < 1))
            {
                drawn.RemoveAt(drawn.Count - 1);
                left[cameras[row]]++;
            }
        }

        return drawn;
    }
}
