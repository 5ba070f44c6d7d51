using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Refinement;

namespace GnnReRank.ReRanking.GraphConvolution;

/// <summary>Smooths rows over their graph, round after round, and ranks by the cosine of what comes of it.</summary>
internal sealed class GraphConvolutionRanker : ReRanker
{
    private readonly GraphConvolutionSettings _settings;

    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public GraphConvolutionRanker(GraphConvolutionSettings settings, IComputeBackend? backend)
        : base(settings, neighborCount: 0, nameof(GraphConvolutionSettings.Neighbors), backend)
    {
        settings.Validate();
        _settings = settings;
    }

    private protected override Ranking Rank(RankingJob job, IComputeBackend backend, ComputeOptions options)
    {
        FeatureMatrix query = job.Query;
        FeatureMatrix gallery = job.Gallery;
        NeighborGraph? graph = job.Graph;
        if (_settings.Ridge is double ridge)
        {
            (query, gallery) = backend.Refiner.WhitenByCamera(query, gallery, ridge, options);
            graph = null;
        }

        for (int round = 0; round < _settings.Rounds; round++)
        {
            (query, gallery) = Smooth(query, gallery, graph, backend, options);
            graph = null;
        }

        return RefinedRanking.Rank(job, query, gallery, backend, options);
    }

    private (FeatureMatrix Query, FeatureMatrix Gallery) Smooth(
        FeatureMatrix query, FeatureMatrix gallery, NeighborGraph? graph, IComputeBackend backend,
        ComputeOptions options)
    {
        bool mixesCameras = _settings is { CrossCamera: true, OtherCameraWeight: > 0 };
        int vertexCount = checked(query.RowCount + gallery.RowCount);
        ListNeeds needs = new(Math.Min(_settings.Neighbors, vertexCount))
        {
            OtherCamerasCount = mixesCameras ? Math.Min(_settings.OtherCameraNeighbors, vertexCount) : 0,
        };
        NeighborGraph? enough = graph?.NeighborCount >= needs.NeighborCount ? graph : null;
        GraphLists lists = backend.FindLists(query, gallery, enough, needs, options);
        double share = mixesCameras ? _settings.OtherCameraWeight : 0;
        SmoothingLists edges = new(vertexCount, needs.NeighborCount + needs.OtherCamerasCount);
        edges.Add(lists.Graph, needs.NeighborCount, _settings.Temperature, 1 - share);
        if (mixesCameras)
        {
            edges.Add(lists.OtherCameras!, needs.OtherCamerasCount, _settings.OtherCameraTemperature, share);
        }

        return (
            backend.Refiner.Mix(edges.For(query, query, gallery, firstVertex: 0), options),
            backend.Refiner.Mix(edges.For(gallery, query, gallery, query.RowCount), options));
    }
}
