namespace GnnReRank;

/// <summary>Finds the rows that belong together.</summary>
internal static class RowGroups
{
    // The field's label for junk: such rows are of no one.
    private const long JunkLabel = -1;

    /// <summary>The rows of each group, ascending; groups in the order of their first rows.</summary>
    /// <exception cref="GnnReRankException">The matrix does not know what its rows are grouped by, or rows of one name disagree.</exception>
    public static int[][] Of(FeatureMatrix matrix, FeatureGrouping grouping)
    {
        Require(matrix, grouping);
        return grouping switch
        {
            FeatureGrouping.Label => Grouped(matrix, row => matrix.LabelSpan[row], HasNoGroup(matrix)),
            FeatureGrouping.LabelAndCamera => Grouped(matrix, row => (matrix.LabelSpan[row], matrix.CameraSpan[row]), HasNoGroup(matrix)),
            _ => Agreeing(matrix, Grouped(matrix, row => matrix.NameSpan[row], row => matrix.NameSpan[row].Length == 0)),
        };
    }

    private static Func<int, bool> HasNoGroup(FeatureMatrix matrix) => row => matrix.LabelSpan[row] == JunkLabel;

    private static int[][] Grouped<TKey>(FeatureMatrix matrix, Func<int, TKey> keyOf, Func<int, bool> hasNoGroup)
        where TKey : notnull
    {
        Dictionary<TKey, List<int>> known = [];
        List<List<int>> groups = [];
        for (int row = 0; row < matrix.RowCount; row++)
        {
            if (hasNoGroup(row) || !known.TryGetValue(keyOf(row), out List<int>? group))
            {
                group = [];
                groups.Add(group);
                if (!hasNoGroup(row))
                {
                    known.Add(keyOf(row), group);
                }
            }

            group.Add(row);
        }

        return [.. groups.Select(group => group.ToArray())];
    }

    /// <summary>Rows of one name are one image, of one label and camera.</summary>
    private static int[][] Agreeing(FeatureMatrix matrix, int[][] groups)
    {
        foreach (int[] group in groups)
        {
            foreach (int row in group)
            {
                string? what = matrix.HasLabels && matrix.LabelSpan[row] != matrix.LabelSpan[group[0]] ? "labels"
                    : matrix.HasCameras && matrix.CameraSpan[row] != matrix.CameraSpan[group[0]] ? "cameras"
                    : null;
                if (what is not null)
                {
                    throw new GnnReRankException(
                        "RowsDisagree", ErrorKind.InvalidData,
                        $"Rows {group[0]} and {row} (0-based) are both named '{matrix.NameSpan[row]}' and have different {what}: rows of one name are averaged as one image. Correct the names, or group by label.");
                }
            }
        }

        return groups;
    }

    private static void Require(FeatureMatrix matrix, FeatureGrouping grouping)
    {
        (string Lacking, string Column)? lacks = grouping switch
        {
            FeatureGrouping.Name => matrix.HasNames ? null : ("names", "NameColumn"),
            _ when !matrix.HasLabels => ("labels", "LabelColumn"),
            FeatureGrouping.LabelAndCamera when !matrix.HasCameras => ("cameras", "CameraColumn"),
            _ => null,
        };
        if (lacks is (string missing, string column))
        {
            throw new GnnReRankException(
                $"{char.ToUpperInvariant(missing[0])}{missing[1..]}Missing", ErrorKind.InvalidArgument,
                $"The matrix has no {missing}, and its rows are to be averaged by them. Import it with -{column}, or group by something else.");
        }
    }
}
