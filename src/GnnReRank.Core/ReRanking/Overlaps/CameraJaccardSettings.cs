using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Overlaps;

namespace GnnReRank;

/// <summary>
/// Camera-aware Jaccard distance (Chen, Fan, Ye and others: CA-Jaccard: Camera-aware Jaccard Distance for Person Re-identification, CVPR 2024).
/// </summary>
/// <remarks>
/// Reciprocal neighbours are found within the row's own camera and among other cameras, each by lists of their own, and so is the mean over
/// neighbours; weights and Jaccard distance are those of k-reciprocal encoding. The authors' settings are 5, 20, 2, 4 and 0.3. Where a
/// camera, or all others, have fewer rows than are asked for, those there are do; the authors' code fills up with rows of any camera, and
/// its distances are squared once more.
/// </remarks>
public sealed record CameraJaccardSettings : MethodSettings
{
    // More neighbours than rows are all of them.
    private const int Most = 1 << 30;

    /// <inheritdoc/>
    public override string Method => "CA-Jaccard";

    /// <inheritdoc/>
    public override bool UsesCameras => true;

    /// <summary>k1 of the own camera: its nearest rows that may be reciprocal, the row itself not counted. Not negative.</summary>
    [MethodParameter("k1intra", Minimum = 0, CountsRows = true)]
    public int OwnCameraCount { get; init; } = 5;

    /// <summary>k1 of other cameras: their nearest rows that may be reciprocal. Not negative.</summary>
    [MethodParameter("k1inter", Minimum = 0, CountsRows = true)]
    public int OtherCamerasCount { get; init; } = 20;

    /// <summary>k2 of the own camera: its nearest rows whose descriptions are averaged, the row itself counted. At least 1.</summary>
    [MethodParameter("k2intra", Minimum = 1, CountsRows = true)]
    public int OwnCameraExpansion { get; init; } = 2;

    /// <summary>k2 of other cameras: their nearest rows whose descriptions are averaged. Not negative.</summary>
    [MethodParameter("k2inter", Minimum = 0, CountsRows = true)]
    public int OtherCamerasExpansion { get; init; } = 4;

    /// <summary>lambda: the share of the plain distance, and so of the cosine, in the final score, 0 to 1.</summary>
    [MethodParameter("lambda", Minimum = 0, Maximum = 1)]
    public double CosineWeight { get; init; } = 0.3;

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend)
    {
        Validate();
        CameraOverlapRecipe recipe = new(
            Math.Min(OwnCameraCount, Most) + 1, Math.Min(OtherCamerasCount, Most), Math.Min(OwnCameraExpansion, Most),
            Math.Min(OtherCamerasExpansion, Most)) { CosineShare = CosineWeight };
        return new OverlapReRanker(this, recipe, neighborParameter: null, backend);
    }
}
