namespace GnnReRank.Compute.Jobs;

/// <summary>
/// What methods ask for that no device has a stage for: the processor does it, whatever finds and ranks.
/// </summary>
internal interface IRowRefiner
{
    /// <summary>Rows made of other rows.</summary>
    /// <exception cref="GnnReRankException">They do not fit memory.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    FeatureMatrix Mix(RowMix mix, ComputeOptions options);

    /// <summary>A ranking by cosine with the first rows of each list scored anew.</summary>
    /// <param name="ranking">A ranking by cosine, at least as deep as its heads and the result.</param>
    /// <param name="how">How heads are scored.</param>
    /// <param name="depth">Gallery rows to keep a query.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Ranking RescoreHeads(Ranking ranking, HeadRescoring how, int depth, ComputeOptions options);

    /// <summary>
    /// Both matrices whitened camera by camera: a row less its camera's mean, times (Y^T Y + n ridge I)^-1, with Y
    /// the camera's n normalised gallery rows less their mean.
    /// </summary>
    /// <exception cref="GnnReRankException">A camera of the queries has no gallery row, or the work does not fit
    /// memory.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    (FeatureMatrix Query, FeatureMatrix Gallery) WhitenByCamera(
        FeatureMatrix query, FeatureMatrix gallery, double ridge, ComputeOptions options);

    /// <summary>Counts how many of a vertex's nearest others its list holds.</summary>
    /// <param name="graph">The lists.</param>
    /// <param name="query">The features of the first vertices, or null.</param>
    /// <param name="gallery">The features of the others.</param>
    /// <param name="vertices">Whose lists.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>
    /// A count a vertex, of as many as a list has room for; what is as near as the last of them to 1e-5 counts.
    /// </returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    int[] CountFound(
        NeighborGraph graph, FeatureMatrix? query, FeatureMatrix gallery, int[] vertices, ComputeOptions options);
}
