namespace GnnReRank.Evaluation.Protocols;

/// <summary>Checks that a ground truth speaks of the matrices of a ranking: truth and matrices are bound row by row.</summary>
internal static class GroundTruthBinding
{
    public static void Check(GroundTruth truth, FeatureMatrix query, FeatureMatrix gallery)
    {
        RequireCount(truth.Queries.Count, query.RowCount, "queries", "query");
        RequireCount(truth.GalleryCount, gallery.RowCount, "gallery images", "gallery");
        RequireNames(truth.QueryNames, query, "query");
        RequireNames(truth.GalleryNames, gallery, "gallery");
    }

    private static void RequireCount(int inTruth, int inMatrix, string what, string role)
    {
        if (inTruth != inMatrix)
        {
            throw new GnnReRankException(
                "GroundTruthCountMismatch", ErrorKind.InvalidArgument,
                $"The ground truth speaks of {inTruth:N0} {what}, and the {role} matrix has {inMatrix:N0} rows. " +
                "Both are bound row by row: use the features of the same images, in the order of the truth.");
        }
    }

    private static void RequireNames(IReadOnlyList<string>? inTruth, FeatureMatrix matrix, string role)
    {
        if (inTruth is null || !matrix.HasNames)
        {
            return;
        }

        ReadOnlySpan<string> names = matrix.NameSpan;
        for (int row = 0; row < names.Length; row++)
        {
            if (!AreSame(names[row], inTruth[row]))
            {
                throw new GnnReRankException(
                    "GroundTruthNameMismatch", ErrorKind.InvalidArgument,
                    $"Row {row} of the {role} matrix is '{names[row]}', and the ground truth has '{inTruth[row]}' there. " +
                    "Both are bound row by row: put the features in the order of the truth.");
            }
        }
    }

    // Truth files give bare names where features often keep the file's.
    private static bool AreSame(string name, string other) => name == other || Bare(name) == Bare(other);

    /// <summary>The name without folders and without the ending of an image.</summary>
    private static string Bare(string name) => ImageEndings.Cut(name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..]);
}
