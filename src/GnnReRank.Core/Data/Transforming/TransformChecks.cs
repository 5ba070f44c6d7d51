namespace GnnReRank.Transforming;

/// <summary>What must hold between a transform, or its options, and matrices.</summary>
internal static class TransformChecks
{
    private const int MostNamed = 10;

    /// <exception cref="GnnReRankException">A transform cannot be learned from them.</exception>
    public static void Learnable(IReadOnlyList<FeatureMatrix> matrices, FeatureTransformOptions options)
    {
        ArgumentNullException.ThrowIfNull(matrices);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        JoinChecks.RequireMatrices(matrices, least: 1);
        JoinChecks.RequireSame(
            matrices, matrix =>
                matrix.Dimension, "columns",
                "Matrices that a transform is learned from need the same number of columns.");
        if (options.CenterCamera)
        {
            RequireCameras(matrices);
        }

        int dimension = matrices[0].Dimension;
        if (options.Components > dimension)
        {
            throw new GnnReRankException(
                "TooManyComponents", ErrorKind.InvalidArgument,
                $"The rows have {dimension:N0} columns, and {options.Components:N0} principal components were asked " +
                    "for: ask for fewer with -Pca.");
        }

        if (options.HasComponents && matrices.Sum(matrix => (long)matrix.RowCount) < 2)
        {
            throw new GnnReRankException(
                "TooFewRows", ErrorKind.InvalidArgument,
                    "Principal components need two rows at least, and one was given: learn from more rows.");
        }
    }

    /// <exception cref="GnnReRankException">A matrix does not know the camera of its rows.</exception>
    public static void RequireCameras(IReadOnlyList<FeatureMatrix> matrices)
    {
        for (int place = 0; place < matrices.Count; place++)
        {
            if (!matrices[place].HasCameras)
            {
                string role = matrices[place].Role == FeatureRole.None ? string.Empty
                    : $", the {matrices[place].Role.ToString().ToLowerInvariant()},";
                throw new GnnReRankException(
                    "CamerasMissing", ErrorKind.InvalidArgument,
                    $"{JoinChecks.Name(matrices, place)}{role} has no cameras, and each row is to be centred by its " +
                        "own. " +
                    "Import it with -CameraColumn, or leave out -CenterCamera.");
            }
        }
    }

    /// <exception cref="GnnReRankException">The transform does not take the matrix.</exception>
    public static void Applicable(FeatureTransform transform, FeatureMatrix matrix, bool allowUnknownCameras)
    {
        if (matrix.Dimension != transform.Dimension)
        {
            throw new GnnReRankException(
                "TransformDimensionMismatch", ErrorKind.InvalidArgument,
                $"The matrix has {matrix.Dimension:N0} columns, and the transform was learned from rows of " +
                    $"{transform.Dimension:N0}. " +
                "Use features of the same model, before any other transform.");
        }

        if (transform.Means is not CameraMeans means)
        {
            return;
        }

        RequireCameras([matrix]);
        int[] unknown = [.. matrix.CameraArray!.Distinct().Where(camera => !means.Knows(camera)).Order()];
        if (unknown.Length > 0 && !allowUnknownCameras)
        {
            throw new GnnReRankException(
                "CameraNotLearned", ErrorKind.InvalidArgument,
                $"The matrix has rows of {(unknown.Length == 1 ? "camera" : "cameras")} {Listed(unknown)}, and the " +
                    "transform knows " +
                $"{Listed(means.Cameras)} alone. Learn it from rows of all cameras, or centre such rows by the mean " +
                    "of all that were " +
                "learned with -AllowUnknownCamera.");
        }
    }

    /// <exception cref="GnnReRankException">A query is of a camera that the gallery, the means' own, does not know.</exception>
    public static void CamerasOfGallery(FeatureTransform transform, FeatureMatrix query)
    {
        CameraMeans means = transform.Means!;
        int[] unknown = [.. (query.CameraArray ?? []).Distinct().Where(camera => !means.Knows(camera)).Order()];
        if (unknown.Length > 0)
        {
            throw new GnnReRankException(
                "QueryCameraUnknown", ErrorKind.InvalidArgument,
                $"There are queries of {(unknown.Length == 1 ? "camera" : "cameras")} {Listed(unknown)}, and the gallery " +
                $"has rows of {Listed(means.Cameras)} alone: where each query is ranked alone, a camera's mean is that of " +
                "its gallery rows. Leave out -CenterCamera, or rank all queries together (-QueryMode Batch).");
        }
    }

    /// <summary>Some cameras, for a message.</summary>
    public static string Listed(IReadOnlyList<int> cameras) =>
        $"{string.Join(", ", cameras.Take(MostNamed))}{(cameras.Count > MostNamed ? $" and {cameras.Count - MostNamed:N0} more" : string.Empty)}";
}
