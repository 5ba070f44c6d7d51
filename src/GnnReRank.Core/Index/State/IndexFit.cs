namespace GnnReRank.Indexing.State;

/// <summary>What must hold of rows that meet an index, told of the index as it is now.</summary>
internal static class IndexFit
{
    /// <exception cref="GnnReRankException">
    /// The dimensions differ, or a number stands for one label of the queries and another of the index.
    /// </exception>
    public static void RequireQueries(FeatureMatrix queries, IndexRows rows)
    {
        RequireDimension(
            queries, rows, queries.RowCount == 1 ? "The query has" : $"The {queries.RowCount:N0} queries have");
        _ = LabelNames.Merged([queries, rows.First]);
    }

    /// <exception cref="GnnReRankException">
    /// The dimensions differ, a number stands for two labels, or something is known of the index's rows alone, or of
    /// the new ones alone.
    /// </exception>
    public static void RequireNewRows(FeatureMatrix added, IndexRows rows)
    {
        string subject = Subject(added);
        RequireDimension(added, rows, $"{subject} {Have(added)}");
        _ = LabelNames.Merged([added, rows.First]);
        RequireLike(
            added.HasLabels, rows.First.HasLabels, "labels",
            "Give each new row its label: -1 where the identity is not known, as junk and distractors have");
        RequireLike(added.HasCameras, rows.First.HasCameras, "cameras", "Give each new row its camera");
        RequireLike(added.HasNames, rows.First.HasNames, "names", "Give each new row its name");

        void RequireLike(bool isKnown, bool isKnownInIndex, string what, string remedy)
        {
            if (isKnown != isKnownInIndex)
            {
                throw new GnnReRankException(
                    "PartlyKnownRows", ErrorKind.InvalidArgument,
                    isKnown
                        ? $"{subject} {Have(added)} {what}, and the {rows.Count:N0} rows of the index have none. " +
                          $"Leave the {what} out of the rows to add, or build the index of a gallery that has {what}."
                        : $"{subject} {Have(added)} no {what}, and the {rows.Count:N0} rows of the index have them. " +
                          $"{remedy}.");
            }
        }
    }

    private static void RequireDimension(FeatureMatrix matrix, IndexRows rows, string subject)
    {
        if (matrix.Dimension != rows.Dimension)
        {
            throw new GnnReRankException(
                "DimensionMismatch", ErrorKind.InvalidArgument,
                $"{subject} {matrix.Dimension:N0} columns{Origin(matrix)}, and the index holds {rows.Count:N0} rows " +
                $"of {rows.Dimension:N0}: both must have the same number of columns. Use features of the model that " +
                "the index was made with, with the same settings.");
        }
    }

    private static string Subject(FeatureMatrix added) =>
        added.RowCount == 1 ? "The row to add" : $"The {added.RowCount:N0} rows to add";

    private static string Have(FeatureMatrix added) => added.RowCount == 1 ? "has" : "have";

    private static string Origin(FeatureMatrix matrix) =>
        matrix.Source is string source ? $" (from '{source}')" : string.Empty;
}
