using GnnReRank.Running;
using GnnReRank.Transforming;

namespace GnnReRank;

/// <summary>
/// Learns what is to be done to features, and does it: centring by camera, principal components, whitening.
/// </summary>
/// <remarks>
/// Sums and products are taken in float64 in a fixed order: the result is the same bits at any number of threads.
/// Centring by camera: x becomes (x - m) / |x - m|, m being the mean of the rows of its camera.
/// </remarks>
public static class FeatureTransformer
{
    // The covariance, its eigenvectors, and what the decomposition works in.
    private const int SquaresHeld = 5;

    /// <summary>Learns a transform of the rows of all matrices together.</summary>
    /// <param name="matrices">
    /// At least one; all of one dimension. The camera of every row must be known where cameras are centred.
    /// </param>
    /// <param name="steps">What the transform does.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">
    /// The matrices do not serve, or vary in fewer directions than components are asked for.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static FeatureTransform Learn(
        IReadOnlyList<FeatureMatrix> matrices, FeatureTransformOptions steps, ComputeOptions? options = null)
    {
        TransformChecks.Learnable(matrices, steps);
        options ??= ComputeOptions.Default;
        foreach (FeatureMatrix matrix in matrices)
        {
            matrix.Storage.RequireUnchanged();
        }

        int rows = FeatureMatrixChecks.ElementCount(matrices.Sum(matrix => (long)matrix.RowCount), 1);
        CameraMeans? means = steps.CenterCamera ? CameraMeans.Of(matrices, steps.Normalize, options) : null;
        PrincipalComponents? components = steps.HasComponents ? Decompose(matrices, steps, means, options) : null;
        return new FeatureTransform(steps, matrices[0].Dimension, rows, means, components);
    }

    /// <summary>Applies a transform to a matrix.</summary>
    /// <param name="transform">What is done.</param>
    /// <param name="matrix">
    /// A matrix of <see cref="FeatureTransform.Dimension"/> columns; it need not be one that was learned from.
    /// </param>
    /// <param name="allowUnknownCameras">
    /// Whether a row of a camera that was not learned is centred by the mean of all rows that were; otherwise it is an
    /// error.
    /// </param>
    /// <param name="options">How the call runs.</param>
    /// <returns>Float32 rows in memory, with all that is known of them.</returns>
    /// <remarks>
    /// A row that is its camera's mean, such as the only one of a camera, has no direction left: it becomes zeros, with
    /// a warning that says how many did.
    /// </remarks>
    /// <exception cref="GnnReRankException">
    /// The matrix has other columns, no cameras, or a camera that was not learned.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static FeatureMatrix Apply(
        FeatureTransform transform, FeatureMatrix matrix, bool allowUnknownCameras = false,
            ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(matrix);
        TransformChecks.Applicable(transform, matrix, allowUnknownCameras);
        options ??= ComputeOptions.Default;
        matrix.Storage.RequireUnchanged();
        TransformedRows rows = new(transform, matrix);
        FeatureMatrix result = rows.ToMatrix(options);
        if (rows.LostCount > 0)
        {
            options.Warn?.Invoke(
                $"{rows.LostCount:N0} of {matrix.RowCount:N0} rows equal the mean of their camera, as the only row " +
                    "of a camera does: they became " +
                "zeros, which match nothing.");
        }

        return result;
    }

    /// <summary>Both matrices, centred by the cameras of both together.</summary>
    internal static (FeatureMatrix? Query, FeatureMatrix Gallery) CenterCameras(
        FeatureMatrix? query, FeatureMatrix gallery, ComputeOptions options)
    {
        FeatureMatrix[] matrices = query is null ? [gallery] : [query, gallery];
        FeatureTransform transform = Learn(matrices, new FeatureTransformOptions { CenterCamera = true }, options);
        return (query is null ? null
            : Apply(transform, query, options: options), Apply(transform, gallery, options: options));
    }

    /// <summary>
    /// Both matrices, centred by the cameras of the gallery alone: what is known before a query comes, and the same for
    /// each.
    /// </summary>
    /// <exception cref="GnnReRankException">A query is of a camera that the gallery does not know.</exception>
    internal static (FeatureMatrix Query, FeatureMatrix Gallery) CenterByGallery(
        FeatureMatrix query, FeatureMatrix gallery, ComputeOptions options)
    {
        FeatureTransform transform = Learn([gallery], new FeatureTransformOptions { CenterCamera = true }, options);
        TransformChecks.CamerasOfGallery(transform, query);
        return (Apply(transform, query, options: options), Apply(transform, gallery, options: options));
    }

    private static PrincipalComponents Decompose(
        IReadOnlyList<FeatureMatrix> matrices, FeatureTransformOptions steps, CameraMeans? means,
            ComputeOptions options)
    {
        int dimension = matrices[0].Dimension;
        MemoryBudget.OfMachine().Require(
            (long)dimension * dimension * sizeof(double) * SquaresHeld, "CovarianceTooLarge",
            $"The covariance of {dimension:N0} columns",
                "Take fewer columns with Select-FeatureMatrix, or a machine with more memory.");
        (double[] mean, double[] covariance) = CovarianceSum.Of(
            matrices, new RowSteps(steps.Normalize, means), options);
        StageReporter reporter = new(StageNames.Components, dimension, StageUnits.Columns, options);
        PrincipalComponents components = PrincipalComponents.Of(mean, covariance, steps.Components);
        reporter.Complete($"{components.Count:N0} of {dimension:N0}");
        return components;
    }
}
