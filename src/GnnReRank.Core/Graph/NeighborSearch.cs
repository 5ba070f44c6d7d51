using GnnReRank.Compute;
using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>Phase 1: the exact k nearest neighbours of every vertex by cosine similarity.</summary>
public static class NeighborSearch
{
    /// <summary>Builds the graph of queries and gallery, or of one matrix alone.</summary>
    /// <param name="query">The queries (n_q x d), or null to use the gallery rows alone.</param>
    /// <param name="gallery">The gallery (n_g x d).</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included: 1 to n_q + n_g.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>The graph, which remembers its matrices.</returns>
    /// <exception cref="GnnReRankException">The dimensions differ, or the count is out of range.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph Build(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions? options = null) =>
        Build(query, gallery, neighborCount, options, backend: null);

    /// <summary>As above, on a given backend; null takes the one that the options ask for.</summary>
    internal static NeighborGraph Build(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions? options, IComputeBackend? backend)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        Check(query, gallery, neighborCount);
        options ??= ComputeOptions.Default;
        return (backend ?? BackendSelector.OfMachine.For(options)).FindNeighbors(query, gallery, neighborCount, options);
    }

    /// <summary>
    /// The graph of rows that are centred by camera: the mean of the camera's rows, of both matrices together, is
    /// subtracted first.
    /// </summary>
    /// <param name="query">The queries (n_q x d), or null to use the gallery rows alone.</param>
    /// <param name="gallery">The gallery (n_g x d).</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included: 1 to n_q + n_g.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>
    /// The graph, which remembers the matrices as they were given, and that its lists are of centred rows.
    /// </returns>
    /// <exception cref="GnnReRankException">
    /// The dimensions differ, the count is out of range, or a camera is not known.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph BuildCentered(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        Check(query, gallery, neighborCount);
        options ??= ComputeOptions.Default;
        (FeatureMatrix? centredQuery, FeatureMatrix centred) = FeatureTransformer.CenterCameras(
            query, gallery, options);
        return Build(centredQuery, centred, neighborCount, options).WithMatrices(query, gallery).WithCenteredCameras(
            true);
    }

    /// <summary>
    /// Builds a graph that holds nearly all of the nearest neighbours, from a small part of the pairs: rows lie in
    /// clusters of like direction, and each meets those of the nearest clusters alone. Scores and order are those of the
    /// exact graph. Where all pairs are as cheap, as among few rows, the graph is exact, and has no
    /// <see cref="NeighborGraph.Approximation"/>.
    /// </summary>
    /// <param name="query">The queries (n_q x d), or null to use the gallery rows alone.</param>
    /// <param name="gallery">The gallery (n_g x d).</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included: 1 to n_q + n_g.</param>
    /// <param name="settings">The recall to reach, and the seed; null takes the usual ones.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>The graph, with the recall that was measured on rows other than those that chose the clusters.</returns>
    /// <exception cref="GnnReRankException">The dimensions differ, or a number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph BuildApproximate(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings? settings = null,
        ComputeOptions? options = null) =>
        BuildApproximate(query, gallery, neighborCount, settings, options, backend: null);

    /// <summary>As above, on a given backend; null takes the one that the options ask for.</summary>
    internal static NeighborGraph BuildApproximate(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings? settings,
        ComputeOptions? options, IComputeBackend? backend)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        Check(query, gallery, neighborCount);
        settings ??= ApproximateSearchSettings.Default;
        settings.Validate();
        options ??= ComputeOptions.Default;
        return (backend ?? BackendSelector.OfMachine.For(options))
            .FindNeighborsNearly(query, gallery, neighborCount, settings, options);
    }

    /// <summary>As the approximate graph of rows as they are, of rows that are centred by camera.</summary>
    /// <param name="query">The queries (n_q x d), or null to use the gallery rows alone.</param>
    /// <param name="gallery">The gallery (n_g x d).</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included: 1 to n_q + n_g.</param>
    /// <param name="settings">The recall to reach, and the seed; null takes the usual ones.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>The graph, as <see cref="BuildCentered"/> gives it.</returns>
    /// <exception cref="GnnReRankException">
    /// The dimensions differ, a number is out of range, or a camera is not known.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph BuildApproximateCentered(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings? settings = null,
        ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        Check(query, gallery, neighborCount);
        options ??= ComputeOptions.Default;
        (FeatureMatrix? centredQuery, FeatureMatrix centred) = FeatureTransformer.CenterCameras(query, gallery, options);
        return BuildApproximate(centredQuery, centred, neighborCount, settings, options)
            .WithMatrices(query, gallery).WithCenteredCameras(true);
    }

    /// <summary>About how long the exact graph takes on the processor, from a few products that are timed.</summary>
    /// <param name="query">The queries (n_q x d), or null.</param>
    /// <param name="gallery">The gallery (n_g x d).</param>
    /// <param name="options">How the call would run.</param>
    /// <returns>The time; null where a GPU would build the graph.</returns>
    /// <exception cref="GnnReRankException">The dimensions differ, or the device named is not usable.</exception>
    public static TimeSpan? EstimateTime(FeatureMatrix? query, FeatureMatrix gallery, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        Check(query, gallery, 1);
        options ??= ComputeOptions.Default;
        return BackendSelector.OfMachine.For(options).EstimateSearch(query, gallery, neighborCount: 1, options);
    }

    /// <exception cref="GnnReRankException">The dimensions differ, or the count is out of range.</exception>
    internal static void Check(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount)
    {
        if (query is not null)
        {
            MatrixChecks.RequireFit(query, gallery);
        }

        Check(neighborCount, (query?.RowCount ?? 0L) + gallery.RowCount);
    }

    /// <exception cref="GnnReRankException">The count is out of range.</exception>
    internal static void Check(int neighborCount, long vertexCount)
    {
        if (neighborCount < 1 || neighborCount > vertexCount)
        {
            throw new GnnReRankException(
                "InvalidNeighborCount", ErrorKind.InvalidArgument,
                $"The neighbour count is {neighborCount:N0}: it counts the vertex itself, so it must lie between 1 and the " +
                $"{vertexCount:N0} rows of query and gallery together.");
        }
    }
}
