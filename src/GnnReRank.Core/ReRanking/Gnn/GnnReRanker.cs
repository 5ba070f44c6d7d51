using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.ReRanking.SingleQueries;

namespace GnnReRank;

/// <summary>GNN re-ranking (Zhang et al., arXiv 2012.07620): messages passed along the edges of the neighbour graph, then rows compared.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed class GnnReRanker : ReRanker
{
    private readonly GnnReRankSettings _settings;

    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The parameters.</param>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public GnnReRanker(GnnReRankSettings settings)
        : this(settings, backend: null)
    {
    }

    /// <summary>As above, on a given backend; null takes the one that a call's options ask for.</summary>
    internal GnnReRanker(GnnReRankSettings settings, IComputeBackend? backend)
        : base(settings, RecipeOf(settings), nameof(GnnReRankSettings.K1), backend) => _settings = settings;

    private protected override SingleQueryWay SingleQueries => SingleQueryWay.Engine;

    /// <inheritdoc/>
    private protected override Ranking Rank(RankingJob job, IComputeBackend backend, ComputeOptions options) => _settings.IsAutomatic
        ? backend.Rank(job with { Recipe = LateRecipe(job, options) }, options)
        : base.Rank(job, backend, options);

    /// <summary>None where the lists decide it.</summary>
    private static MessageRecipe? RecipeOf(GnnReRankSettings settings)
    {
        MessageRecipe recipe = GnnRecipe.Of(settings);
        return settings.IsAutomatic ? null : recipe;
    }

    /// <summary>The recipe that the lists decide. The cosine's share is known to be none only where it was given so.</summary>
    private LateRecipe LateRecipe(RankingJob job, ComputeOptions options)
    {
        int vertexCount = (job.GraphQuery?.RowCount ?? 0) + job.Gallery.RowCount;
        return new LateRecipe(Math.Min(GnnParameterRule.NeighborCount, vertexCount), Choose) { CosineShare = _settings.Lambda ?? 1 };

        (ScoringRecipe Recipe, RankingSettings Settings) Choose(NeighborGraph graph)
        {
            GnnReRankSettings chosen = GnnParameterRule.Choose(_settings, graph, options);
            options.Log?.Invoke($"K1 {chosen.K1}, K2 {chosen.K2} and lambda {chosen.EffectiveLambda:0.###} chosen: {chosen.Choice}");
            return (GnnRecipe.Of(chosen), chosen);
        }
    }
}
