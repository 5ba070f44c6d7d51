namespace GnnReRank;

/// <summary>What must hold between the matrices of one call.</summary>
internal static class MatrixChecks
{
    /// <exception cref="GnnReRankException">The dimensions differ, or a number stands for one label of the query and another of the gallery.</exception>
    public static void RequireFit(FeatureMatrix query, FeatureMatrix gallery)
    {
        if (query.Dimension != gallery.Dimension)
        {
            throw new GnnReRankException(
                "DimensionMismatch", ErrorKind.InvalidArgument,
                $"The query matrix is {Shape(query)} and the gallery matrix is {Shape(gallery)}: both must have the same number of " +
                "columns. Use features of one model, with the same settings, for both.");
        }

        _ = LabelNames.Merged([query, gallery]);
    }

    private static string Shape(FeatureMatrix matrix) =>
        $"{matrix.RowCount:N0} x {matrix.Dimension:N0}{(matrix.Source is null ? string.Empty : $" (from '{matrix.Source}')")}";
}
