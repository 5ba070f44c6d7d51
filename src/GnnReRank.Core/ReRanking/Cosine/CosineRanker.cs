using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>The plain ranking by cosine similarity: the baseline of every comparison. Of a graph it asks for the matrices alone.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed class CosineRanker : ReRanker
{
    /// <summary>Makes a ranker.</summary>
    public CosineRanker()
        : this(new CosineSettings())
    {
    }

    /// <summary>Makes a ranker.</summary>
    /// <param name="settings">Whether rows are centred by camera first.</param>
    public CosineRanker(CosineSettings settings)
        : this(settings, backend: null)
    {
    }

    /// <summary>As above, on a given backend; null takes the one that a call's options ask for.</summary>
    internal CosineRanker(CosineSettings settings, IComputeBackend? backend)
        : base(settings, recipe: null, neighborParameter: null, backend)
    {
    }

    /// <summary>Ranks the gallery for each query by cosine descending, ties by gallery index ascending.</summary>
    /// <param name="query">The queries (n_q x d).</param>
    /// <param name="gallery">The gallery (n_g x d).</param>
    /// <param name="top">How many gallery rows to keep a query; null keeps all.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The dimensions differ, or top is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static Ranking Rank(FeatureMatrix query, FeatureMatrix gallery, int? top = null, ComputeOptions? options = null) =>
        Rank(query, gallery, top, options, backend: null);

    /// <summary>As above, on a given backend; null takes the one that the options ask for.</summary>
    internal static Ranking Rank(
        FeatureMatrix query, FeatureMatrix gallery, int? top, ComputeOptions? options, IComputeBackend? backend) =>
        new CosineRanker(new CosineSettings(), backend).ReRank(query, gallery, top, options);
}
