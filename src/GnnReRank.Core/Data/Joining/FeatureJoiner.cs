namespace GnnReRank;

/// <summary>Makes one feature matrix of several: their rows one after the other, or their columns side by side.</summary>
public static class FeatureJoiner
{
    private const int MostSourcesNamed = 3;

    /// <summary>The rows of the matrices, one matrix after the other, as a copy in memory.</summary>
    /// <param name="matrices">At least one; all of one dimension, and labels, cameras and names known of all of them or of none.</param>
    /// <remarks>float16 stays where every matrix has it; the role stays where every matrix has the same.</remarks>
    /// <exception cref="GnnReRankException">The matrices do not fit each other.</exception>
    public static FeatureMatrix Append(IReadOnlyList<FeatureMatrix> matrices)
    {
        JoinChecks.RequireMatrices(matrices, least: 1);
        JoinChecks.RequireSame(matrices, matrix => matrix.Dimension, "columns", "Matrices whose rows are joined need the same number of columns.");
        JoinChecks.RequireAllOrNone(matrices, matrix => matrix.HasLabels, "labels");
        JoinChecks.RequireAllOrNone(matrices, matrix => matrix.HasCameras, "cameras");
        JoinChecks.RequireAllOrNone(matrices, matrix => matrix.HasNames, "names");
        int rows = FeatureMatrixChecks.ElementCount(matrices.Sum(matrix => (long)matrix.RowCount), 1);
        return FeatureMatrix.Adopt(
            JoinedStorage.Below([.. matrices.Select(matrix => matrix.Storage)], rows),
            Appended(matrices, matrix => matrix.LabelArray),
            Appended(matrices, matrix => matrix.CameraArray),
            Appended(matrices, matrix => matrix.NameArray),
            RoleOf(matrices),
            SourceOf(matrices),
            [.. matrices.SelectMany(matrix => matrix.InverseNorms.ToArray())],
            LabelNames.Merged(matrices));
    }

    /// <summary>The columns of the matrices side by side, as a copy in memory: the features of several models for the same images.</summary>
    /// <param name="matrices">At least two, with the same images in the same order.</param>
    /// <param name="normalize">Whether each row of each part is divided by its L2 norm first, so that each part weighs the same; zeros stay zeros.</param>
    /// <param name="matchNames">Whether the rows of the later matrices are brought into the order of the first by their names.</param>
    /// <remarks>What is known of the rows comes from the first matrix that knows it; where several do, they must agree.</remarks>
    /// <exception cref="GnnReRankException">The matrices do not fit each other.</exception>
    public static FeatureMatrix Concatenate(IReadOnlyList<FeatureMatrix> matrices, bool normalize = false, bool matchNames = false)
    {
        JoinChecks.RequireMatrices(matrices, least: 2);
        JoinChecks.RequireSame(matrices, matrix => matrix.RowCount, "rows", "Matrices whose columns are joined need the same images, row by row.");
        int[]?[] orders = [.. matrices.Select((matrix, place) => matchNames ? NameMatch.Order(matrices[0], matrix, place) : null)];
        return FeatureMatrix.Adopt(
            JoinedStorage.Beside(matrices, orders, normalize),
            RowAgreement.Common(matrices, orders, matrix => matrix.LabelArray, "label"),
            RowAgreement.Common(matrices, orders, matrix => matrix.CameraArray, "camera"),
            RowAgreement.Common(matrices, orders, matrix => matrix.NameArray, "name"),
            RoleOf(matrices),
            SourceOf(matrices),
            inverseNorms: null,
            LabelNames.Merged(matrices));
    }

    private static T[]? Appended<T>(IReadOnlyList<FeatureMatrix> matrices, Func<FeatureMatrix, T[]?> known) =>
        known(matrices[0]) is null ? null : [.. matrices.SelectMany(matrix => known(matrix)!)];

    private static FeatureRole RoleOf(IReadOnlyList<FeatureMatrix> matrices) =>
        matrices.All(matrix => matrix.Role == matrices[0].Role) ? matrices[0].Role : FeatureRole.None;

    private static string? SourceOf(IReadOnlyList<FeatureMatrix> matrices)
    {
        string[] sources = [.. matrices.Select(matrix => matrix.Source).OfType<string>().Distinct()];
        string named = string.Join(" + ", sources.Take(MostSourcesNamed));
        return sources.Length == 0 ? null : sources.Length > MostSourcesNamed ? $"{named} + {sources.Length - MostSourcesNamed} more" : named;
    }
}
