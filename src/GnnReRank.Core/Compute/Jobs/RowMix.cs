namespace GnnReRank.Compute.Jobs;

/// <summary>
/// New rows, one for each of a matrix: <see cref="OwnWeight"/> times the row itself and, in list order, weights times
/// the vertices listed for it, all of them normalised. The sums are not normalised: whatever compares them does that.
/// </summary>
/// <param name="Target">The matrix whose rows are made anew; what is known of its rows goes on to the new ones.</param>
/// <param name="Query">The rows of the first vertices, or null.</param>
/// <param name="Gallery">The rows of the other vertices.</param>
/// <param name="Vertices">For each row of the target its vertices; -1 ends a shorter list.</param>
/// <param name="Weights">Their weights.</param>
internal sealed record RowMix(
    FeatureMatrix Target, FeatureMatrix? Query, FeatureMatrix Gallery, RowBlocks<int> Vertices,
    RowBlocks<float> Weights)
{
    /// <summary>The weight of the row itself.</summary>
    public float OwnWeight { get; init; }
}
