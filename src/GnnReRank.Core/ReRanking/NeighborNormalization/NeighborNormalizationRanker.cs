using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Refinement;
using GnnReRank.ReRanking.SingleQueries;

namespace GnnReRank.ReRanking.NeighborNormalization;

/// <summary>Finds how near each gallery row lies to the bank, and ranks by the cosine less a share of that.</summary>
internal sealed class NeighborNormalizationRanker : ReRanker
{
    private readonly NeighborNormalizationSettings _settings;

    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public NeighborNormalizationRanker(NeighborNormalizationSettings settings, IComputeBackend? backend)
        : base(settings, neighborCount: 0, nameof(NeighborNormalizationSettings.Neighbors), backend)
    {
        settings.Validate();
        _settings = settings;
    }

    private protected override SingleQueryWay SingleQueries => _settings.Bank == NormalizationBank.Query
        ? SingleQueryWay.OneByOne
        : SingleQueryWay.Always;

    private protected override Ranking Rank(RankingJob job, IComputeBackend backend, ComputeOptions options)
    {
        NearestRows nearest = _settings.Bank == NormalizationBank.Query
            ? NearestRows.Of(job.Gallery, job.Query, graph: null, _settings.Neighbors, backend, options)
            : NearestRows.Among(job.Gallery, job.Graph, _settings.Neighbors, backend, options);
        float[] offsets = new float[job.Gallery.RowCount];
        for (int row = 0; row < offsets.Length; row++)
        {
            offsets[row] = (float)(_settings.Weight * MeanOf(nearest.Cosines[row]));
        }

        return backend.Rank(job with { Recipe = new OffsetRecipe(offsets) { CosineShare = 1 }, Graph = null }, options);
    }

    private static double MeanOf(ReadOnlySpan<float> cosines)
    {
        double sum = 0;
        foreach (float cosine in cosines)
        {
            sum += cosine;
        }

        return cosines.IsEmpty ? 0 : sum / cosines.Length;
    }
}
