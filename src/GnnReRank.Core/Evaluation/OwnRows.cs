namespace GnnReRank.Evaluation;

/// <summary>Finds the gallery row of each query where a set is ranked against itself.</summary>
internal static class OwnRows
{
    /// <summary>Whether row i of both is the same image: they share their values, have the same names, or, without names, equal values.</summary>
    public static bool AreSameRows(FeatureMatrix query, FeatureMatrix gallery) =>
        AreOneSet(query, gallery) ||
        (query.RowCount == gallery.RowCount && !(query.HasNames && gallery.HasNames) && HaveEqualValues(query, gallery));

    /// <summary>Whether row i of both is the same image beyond doubt: they share their values, or have the same names. Equal values alone are no proof.</summary>
    public static bool AreOneSet(FeatureMatrix query, FeatureMatrix gallery) =>
        ReferenceEquals(query.Storage, gallery.Storage) ||
        (query.HasNames && gallery.HasNames && query.NameSpan.SequenceEqual(gallery.NameSpan));

    /// <exception cref="GnnReRankException">It cannot be told which gallery row is a query's own.</exception>
    public static int[] Find(FeatureMatrix query, FeatureMatrix gallery)
    {
        if (AreSameRows(query, gallery))
        {
            return [.. Enumerable.Range(0, query.RowCount)];
        }

        if (!query.HasNames || !gallery.HasNames)
        {
            throw Unknown("Query and gallery are different matrices, and not both have names");
        }

        Dictionary<string, int> rows = [];
        HashSet<string> repeated = [];
        for (int row = 0; row < gallery.RowCount; row++)
        {
            if (!rows.TryAdd(gallery.NameSpan[row], row))
            {
                repeated.Add(gallery.NameSpan[row]);
            }
        }

        int[] own = new int[query.RowCount];
        for (int row = 0; row < own.Length; row++)
        {
            string name = query.NameSpan[row];
            own[row] = repeated.Contains(name) ? throw Unknown($"Several gallery rows are named '{name}' as query {row} is")
                : rows.TryGetValue(name, out int found) ? found
                : throw Unknown($"No gallery row is named '{name}' as query {row} is");
        }

        return own;
    }

    private static bool HaveEqualValues(FeatureMatrix query, FeatureMatrix gallery)
    {
        if (query.Dimension != gallery.Dimension)
        {
            return false;
        }

        for (int row = 0; row < query.RowCount; row++)
        {
            if (!query.GetRowSpan(row).SequenceEqual(gallery.GetRowSpan(row)))
            {
                return false;
            }
        }

        return true;
    }

    private static GnnReRankException Unknown(string found) => new(
        "OwnImageUnknown", ErrorKind.InvalidArgument,
        $"{found}, so it cannot be told which gallery image is the query itself. " +
        "Leave one out ranks a matrix against itself: give the same matrix as -Query and -Gallery, or both with the same names.");
}
