using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.Refinement;

/// <summary>Ranks by refined rows: the scores are theirs, and the ranking stays one of the caller's matrices.</summary>
internal static class RefinedRanking
{
    /// <summary>Ranks the gallery by the cosine of refined rows descending, ties by gallery index ascending.</summary>
    /// <param name="job">What the caller asked for.</param>
    /// <param name="query">The refined queries.</param>
    /// <param name="gallery">The refined gallery.</param>
    /// <param name="backend">What ranks.</param>
    /// <param name="options">How the call runs.</param>
    public static Ranking Rank(
        RankingJob job, FeatureMatrix query, FeatureMatrix gallery, IComputeBackend backend, ComputeOptions options) =>
        backend.Rank(job with { Query = query, Gallery = gallery, Graph = null, Recipe = null }, options)
            .With(job.Query, job.Gallery, job.Settings);
}
