using System.Numerics.Tensors;

namespace GnnReRank.Evaluation.Protocols;

/// <summary>Finds the gallery row of each query where a set is ranked against itself, or against a gallery that holds some of the queries.</summary>
internal static class OwnRows
{
    /// <summary>Stands for a query that the gallery does not hold.</summary>
    public const int None = -1;

    // Values of a row that its key is made of: enough to tell normalised rows apart, whose norms are all but equal.
    private const int KeyValues = 64;

    // The same image through the same network once more: batches and devices round differently, by far less than this part of its norm.
    private const float SameImage = 0.01f;

    /// <summary>Whether row i of both is the same image: they share their values, have the same names, or, without names, equal values.</summary>
    public static bool AreSameRows(FeatureMatrix query, FeatureMatrix gallery) =>
        AreOneSet(query, gallery) ||
        (query.RowCount == gallery.RowCount && !(query.HasNames && gallery.HasNames) && HaveEqualValues(query, gallery));

    /// <summary>Whether row i of both is the same image beyond doubt: they share their values, or have the same names. Equal values alone are no proof.</summary>
    public static bool AreOneSet(FeatureMatrix query, FeatureMatrix gallery) =>
        ReferenceEquals(query.Storage, gallery.Storage) ||
        (query.HasNames && gallery.HasNames && query.NameSpan.SequenceEqual(gallery.NameSpan));

    /// <summary>The own row of each query as leave one out needs it, by name or by value; <see cref="None"/> for a query that is not in the gallery.</summary>
    /// <exception cref="GnnReRankException">It cannot be told which gallery row is a query's own, or no query is in the gallery.</exception>
    public static int[] Find(FeatureMatrix query, FeatureMatrix gallery)
    {
        if (AreSameRows(query, gallery))
        {
            return [.. Enumerable.Range(0, query.RowCount)];
        }

        int[] own = FindWithin(query, gallery, out _);
        if (query.HasNames && gallery.HasNames)
        {
            TakeNamesakes(query, gallery, own);
        }

        return own.Any(row => row != None) ? own : throw Unknown(
            query.HasNames && gallery.HasNames
                ? $"No gallery row is named '{query.NameSpan[0]}' as query 0 is, nor any other as another query"
                : "Query and gallery are different matrices, not both have names, and no query has the values of a gallery row");
    }

    /// <summary>
    /// The own row of each query in a gallery of other images too, as far as it is beyond doubt: a row with the query's name and its values
    /// up to rounding, or, where not both have names, one with the query's label and its very values. Of several such rows the first.
    /// </summary>
    /// <param name="query">The queries.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="doubtful">How many more queries may stand in the gallery: the same name with other values, or the same values under another name.</param>
    /// <returns>A gallery row a query; <see cref="None"/> where there is none.</returns>
    public static int[] FindWithin(FeatureMatrix query, FeatureMatrix gallery, out int doubtful)
    {
        int[] own = new int[query.RowCount];
        Array.Fill(own, None);
        doubtful = 0;
        bool haveNames = query.HasNames && gallery.HasNames;
        Dictionary<string, List<int>> names = haveNames ? RowsBy(gallery.RowCount, row => gallery.Names![row]) : [];
        Dictionary<int, List<int>> values = query.Dimension == gallery.Dimension ? RowsBy(gallery.RowCount, row => KeyOf(gallery, row)) : [];
        for (int row = 0; row < own.Length; row++)
        {
            List<int> namesakes = haveNames ? names.GetValueOrDefault(query.NameSpan[row]) ?? [] : [];
            List<int> candidates = values.GetValueOrDefault(KeyOf(query, row)) ?? [];
            own[row] = haveNames
                ? FirstOf(namesakes, found => AreAlike(query, row, gallery, found))
                : FirstOf(candidates, found => HaveSameLabel(query, row, gallery, found) && AreEqual(query, row, gallery, found));
            bool isDoubtful = own[row] == None && haveNames
                && (namesakes.Count > 0 || FirstOf(candidates, found => HaveSameLabel(query, row, gallery, found) && AreEqual(query, row, gallery, found)) != None);
            doubtful += isDoubtful ? 1 : 0;
        }

        return own;
    }

    /// <summary>
    /// Where not both have names: how many queries have, first in their list, a gallery row of their label with their values up to rounding. They may
    /// be the same images, read in other batches.
    /// </summary>
    public static int CountAlike(Ranking ranking, ReadOnlySpan<int> own)
    {
        FeatureMatrix query = ranking.Query;
        FeatureMatrix gallery = ranking.Gallery;
        if (query.HasNames && gallery.HasNames)
        {
            return 0;
        }

        int count = 0;
        for (int row = 0; row < query.RowCount; row++)
        {
            ReadOnlySpan<int> list = ranking.GetIndexSpan(row);
            count += own[row] == None && list.Length > 0 && HaveSameLabel(query, row, gallery, list[0]) && AreAlike(query, row, gallery, list[0]) ? 1 : 0;
        }

        return count;
    }

    private static int KeyOf(FeatureMatrix matrix, int row)
    {
        HashCode key = default;
        key.Add(matrix.InverseNorms[row]);
        ReadOnlySpan<float> values = matrix.GetRowSpan(row);
        foreach (float value in values[..Math.Min(values.Length, KeyValues)])
        {
            key.Add(value);
        }

        return key.ToHashCode();
    }

    /// <summary>Whoever asks for leave one out says that a name is an image: then one row of the name is enough.</summary>
    private static void TakeNamesakes(FeatureMatrix query, FeatureMatrix gallery, int[] own)
    {
        Dictionary<string, List<int>> names = RowsBy(gallery.RowCount, row => gallery.Names![row]);
        for (int row = 0; row < own.Length; row++)
        {
            if (own[row] == None && names.TryGetValue(query.NameSpan[row], out List<int>? namesakes))
            {
                own[row] = namesakes.Count == 1
                    ? namesakes[0]
                    : throw Unknown($"Several gallery rows are named '{query.NameSpan[row]}' as query {row} is");
            }
        }
    }

    private static Dictionary<TKey, List<int>> RowsBy<TKey>(int rowCount, Func<int, TKey> keyOf)
        where TKey : notnull
    {
        Dictionary<TKey, List<int>> rows = [];
        for (int row = 0; row < rowCount; row++)
        {
            TKey key = keyOf(row);
            if (!rows.TryGetValue(key, out List<int>? found))
            {
                rows.Add(key, found = new List<int>(1));
            }

            found.Add(row);
        }

        return rows;
    }

    private static int FirstOf(List<int> rows, Predicate<int> isOwn)
    {
        int place = rows.FindIndex(isOwn);
        return place < 0 ? None : rows[place];
    }

    private static bool HaveSameLabel(FeatureMatrix query, int queryRow, FeatureMatrix gallery, int galleryRow) =>
        !query.HasLabels || !gallery.HasLabels || query.LabelSpan[queryRow] == gallery.LabelSpan[galleryRow];

    private static bool AreEqual(FeatureMatrix query, int queryRow, FeatureMatrix gallery, int galleryRow) =>
        query.GetRowSpan(queryRow).SequenceEqual(gallery.GetRowSpan(galleryRow));

    private static bool AreAlike(FeatureMatrix query, int queryRow, FeatureMatrix gallery, int galleryRow)
    {
        if (query.Dimension != gallery.Dimension)
        {
            return false;
        }

        ReadOnlySpan<float> mine = query.GetRowSpan(queryRow);
        ReadOnlySpan<float> other = gallery.GetRowSpan(galleryRow);
        return TensorPrimitives.Distance(mine, other) <= SameImage * TensorPrimitives.Norm(mine);
    }

    private static bool HaveEqualValues(FeatureMatrix query, FeatureMatrix gallery)
    {
        if (query.Dimension != gallery.Dimension)
        {
            return false;
        }

        for (int row = 0; row < query.RowCount; row++)
        {
            if (!AreEqual(query, row, gallery, row))
            {
                return false;
            }
        }

        return true;
    }

    private static GnnReRankException Unknown(string found) => new(
        "OwnImageUnknown", ErrorKind.InvalidArgument,
        $"{found}, so it cannot be told which gallery image is the query itself. " +
        "Leave one out ranks a set against itself or a gallery that holds it: give the same matrix as -Query and -Gallery, or names that say which rows are the same images.");
}
