using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.SingleQueries;

namespace GnnReRank.ReRanking.SuperGlobal;

/// <summary>Ranks by cosine, and scores the head of each list anew.</summary>
internal sealed class SuperGlobalRanker : ReRanker
{
    private readonly SuperGlobalSettings _settings;

    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public SuperGlobalRanker(SuperGlobalSettings settings, IComputeBackend? backend)
        : base(settings, neighborCount: 0, nameof(SuperGlobalSettings.Neighbors), backend)
    {
        settings.Validate();
        _settings = settings;
    }

    private protected override SingleQueryWay SingleQueries => SingleQueryWay.Always;

    private protected override Ranking Rank(RankingJob job, IComputeBackend backend, ComputeOptions options)
    {
        int candidates = Math.Min(_settings.Candidates, job.Gallery.RowCount);
        RankingJob byCosine = job with { Depth = Math.Max(job.Depth, candidates), Graph = null, Recipe = null };
        HeadRescoring how = new(candidates, _settings.Neighbors, _settings.NeighborWeight);
        return backend.Refiner.RescoreHeads(backend.Rank(byCosine, options), how, job.Depth, options);
    }
}
