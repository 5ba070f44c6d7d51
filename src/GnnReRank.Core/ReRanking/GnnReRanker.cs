using GnnReRank.Compute;

namespace GnnReRank;

/// <summary>GNN re-ranking (Zhang et al., arXiv 2012.07620): messages passed along the edges of the neighbour graph, then rows compared.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed class GnnReRanker : IReRanker
{
    private readonly GnnReRankSettings _settings;
    private readonly IComputeBackend? _backend;

    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The parameters.</param>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public GnnReRanker(GnnReRankSettings settings)
        : this(settings, backend: null)
    {
    }

    /// <summary>As above, on a given backend; null takes the one that a call's options ask for.</summary>
    internal GnnReRanker(GnnReRankSettings settings, IComputeBackend? backend)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        _settings = settings;
        _backend = backend;
    }

    /// <inheritdoc/>
    public RankingSettings Settings => _settings;

    /// <inheritdoc/>
    public Ranking ReRank(NeighborGraph graph, int? top = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Check(graph);
        int depth = RankingDepth.Of(top, graph.Gallery!);
        options ??= ComputeOptions.Default;
        return BackendFor(options).ReRankByGnn(graph, _settings, depth, options);
    }

    /// <summary>Builds the graph and ranks the gallery for each query, in one call: the same ranking as in two, in less time.</summary>
    /// <param name="query">The queries (n_q x d).</param>
    /// <param name="gallery">The gallery (n_g x d).</param>
    /// <param name="top">How many gallery rows to keep a query; null keeps all.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The dimensions differ, K1 exceeds n_q + n_g, or top is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Ranking ReRank(FeatureMatrix query, FeatureMatrix gallery, int? top = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(gallery);
        NeighborSearch.Check(query, gallery, _settings.K1);
        int depth = RankingDepth.Of(top, gallery);
        options ??= ComputeOptions.Default;
        return BackendFor(options).ReRankByGnn(query, gallery, _settings, depth, options);
    }

    private IComputeBackend BackendFor(ComputeOptions options) => _backend ?? BackendSelector.OfMachine.For(options);

    private void Check(NeighborGraph graph)
    {
        if (graph.Gallery is null)
        {
            throw new GnnReRankException(
                "GraphLacksMatrices", ErrorKind.InvalidArgument,
                $"The {graph} does not know its {(graph.Query is null ? "query and gallery matrices" : "gallery matrix")}: " +
                "give those it was built from with -Query and -Gallery.");
        }

        if (graph.Query is null)
        {
            throw new GnnReRankException(
                "GraphLacksQueries", ErrorKind.InvalidArgument,
                $"The {graph} was made of one matrix: re-ranking needs queries. Build the graph from a query and a gallery matrix.");
        }

        MatrixChecks.RequireFit(graph.Query, graph.Gallery);
        if (graph.NeighborCount < _settings.K1)
        {
            throw new GnnReRankException(
                "GraphTooShallow", ErrorKind.InvalidArgument,
                $"The graph has {graph.NeighborCount:N0} neighbours a vertex and K1 is {_settings.K1:N0}: at least K1 are needed. " +
                $"Rebuild the graph with -NeighborCount {_settings.K1}, or lower -K1.");
        }
    }
}
