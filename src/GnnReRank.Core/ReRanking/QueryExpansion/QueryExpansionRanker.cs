using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Refinement;
using GnnReRank.ReRanking.SingleQueries;

namespace GnnReRank.ReRanking.QueryExpansion;

/// <summary>Expands rows by their neighbours, and ranks by the cosine of what comes of it.</summary>
internal sealed class QueryExpansionRanker : ReRanker
{
    private readonly QueryExpansionSettings _settings;

    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public QueryExpansionRanker(QueryExpansionSettings settings, IComputeBackend? backend)
        : base(settings, neighborCount: 0, nameof(QueryExpansionSettings.Neighbors), backend)
    {
        settings.Validate();
        _settings = settings;
    }

    private protected override SingleQueryWay SingleQueries => _settings.Joint ? SingleQueryWay.OneByOne : SingleQueryWay.Always;

    private protected override Ranking Rank(RankingJob job, IComputeBackend backend, ComputeOptions options)
    {
        (FeatureMatrix query, FeatureMatrix gallery) = _settings.Joint
            ? ExpandBoth(job, backend, options)
            : (ExpandQueries(job, backend, options), ExpandGallery(job, backend, options));
        return RefinedRanking.Rank(job, query, gallery, backend, options);
    }

    private FeatureMatrix ExpandQueries(RankingJob job, IComputeBackend backend, ComputeOptions options) =>
        _settings.Neighbors == 0
            ? job.Query
            : Expand(
                job.Query, null, job.Gallery,
                NearestRows.Of(job.Query, job.Gallery, job.Graph, _settings.Neighbors, backend, options),
                backend, options);

    private FeatureMatrix ExpandGallery(RankingJob job, IComputeBackend backend, ComputeOptions options) =>
        _settings.DatabaseNeighbors == 0
            ? job.Gallery
            : Expand(
                job.Gallery, null, job.Gallery,
                NearestRows.Among(job.Gallery, job.Graph, _settings.DatabaseNeighbors, backend, options),
                backend, options);

    private (FeatureMatrix Query, FeatureMatrix Gallery) ExpandBoth(
        RankingJob job, IComputeBackend backend, ComputeOptions options)
    {
        int queryCount = job.Query.RowCount;
        int count = (int)Math.Min(_settings.Neighbors, (long)queryCount + job.Gallery.RowCount - 1) + 1;
        NeighborGraph graph = job.Graph is { } given && given.NeighborCount >= count
            ? given
            : backend.FindNeighbors(job.Query, job.Gallery, count, options);
        NearestRows ofQueries = GraphRows.Others(graph, 0, queryCount, count);
        NearestRows ofGallery = GraphRows.Others(graph, queryCount, job.Gallery.RowCount, count);
        return (
            Expand(job.Query, job.Query, job.Gallery, ofQueries, backend, options),
            Expand(job.Gallery, job.Query, job.Gallery, ofGallery, backend, options));
    }

    private FeatureMatrix Expand(
        FeatureMatrix target, FeatureMatrix? query, FeatureMatrix gallery, NearestRows nearest, IComputeBackend backend,
        ComputeOptions options)
    {
        for (int row = 0; row < target.RowCount; row++)
        {
            foreach (ref float cosine in nearest.Cosines[row])
            {
                // A cosine may be rounded above 1, and must not grow with alpha.
                cosine = (float)Math.Pow(Math.Clamp(cosine, 0.0, 1.0), _settings.Exponent);
            }
        }

        RowMix mix = new(target, query, gallery, nearest.Rows, nearest.Cosines) { OwnWeight = 1 };
        return backend.Refiner.Mix(mix, options);
    }
}
