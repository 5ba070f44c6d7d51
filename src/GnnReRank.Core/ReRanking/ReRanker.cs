using GnnReRank.Compute;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.SingleQueries;

namespace GnnReRank;

/// <summary>What all methods share: the checks, the choice of the device, both forms of the call.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public abstract class ReRanker : IReRanker
{
    private readonly ScoringRecipe? _recipe;
    private readonly int _neighborCount;
    private readonly string? _neighborParameter;
    private readonly IComputeBackend? _backend;
    private readonly SingleQueryWay _singleQueries;

    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The method and its parameters, already checked.</param>
    /// <param name="recipe">What they ask of the engine; null for the cosine itself.</param>
    /// <param name="neighborParameter">The parameter that says how many neighbours a graph must have, for messages; null where none are needed.</param>
    /// <param name="backend">What computes; null takes what a call's options ask for.</param>
    private protected ReRanker(RankingSettings settings, ScoringRecipe? recipe, string? neighborParameter, IComputeBackend? backend)
    {
        (Settings, _recipe, _neighborCount, _neighborParameter, _backend) =
            (settings, recipe, recipe?.NeighborCount ?? 0, neighborParameter, backend);
        _singleQueries = recipe switch
        {
            null => SingleQueryWay.Always,
            { ServesSingleQueries: true } => SingleQueryWay.Engine,
            _ => SingleQueryWay.OneByOne,
        };
    }

    /// <summary>Makes a re-ranker that is more than a recipe: it overrides how a job is ranked.</summary>
    /// <param name="settings">The method and its parameters, already checked.</param>
    /// <param name="neighborCount">Neighbours a vertex that a graph must have; 0 where none is needed.</param>
    /// <param name="neighborParameter">The parameter that says so.</param>
    /// <param name="backend">What computes; null takes what a call's options ask for.</param>
    private protected ReRanker(RankingSettings settings, int neighborCount, string neighborParameter, IComputeBackend? backend) =>
        (Settings, _neighborCount, _neighborParameter, _backend) = (settings, neighborCount, neighborParameter, backend);

    /// <inheritdoc/>
    public RankingSettings Settings { get; }

    /// <inheritdoc/>
    public int NeighborCount => _neighborCount;

    /// <summary>How each query is ranked as if it were the only one.</summary>
    private protected virtual SingleQueryWay SingleQueries => _singleQueries;

    private bool IsIndependent => Settings.QueryMode == QueryMode.Independent;

    /// <inheritdoc/>
    public Ranking ReRank(NeighborGraph graph, int? top = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        GraphChecks.OfBoth(graph, IsIndependent);
        return RankOn(graph, graph.Query!, top, options);
    }

    /// <inheritdoc/>
    public Ranking ReRank(FeatureMatrix query, NeighborGraph gallery, int? top = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(gallery);
        GraphChecks.OfGallery(gallery, IsIndependent);
        return RankOn(gallery, query, top, options);
    }

    /// <inheritdoc/>
    public Ranking ReRank(FeatureMatrix query, FeatureMatrix gallery, int? top = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(gallery);
        MatrixChecks.RequireFit(query, gallery);
        if (NeighborCount > 0)
        {
            NeighborSearch.Check(NeighborCount, (IsIndependent ? 1L : query.RowCount) + gallery.RowCount);
        }

        RequireCameras(query, gallery);
        return Rank(query, gallery, graph: null, top, options);
    }

    /// <summary>Ranks by the recipe.</summary>
    /// <param name="job">The ranking, without a recipe.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="options">How the call runs.</param>
    private protected virtual Ranking Rank(RankingJob job, IComputeBackend backend, ComputeOptions options) =>
        backend.Rank(job with { Recipe = _recipe }, options);

    private Ranking RankOn(NeighborGraph graph, FeatureMatrix query, int? top, ComputeOptions? options)
    {
        if (Settings is MethodSettings { CenterCamera: true })
        {
            GraphChecks.Centered(graph);
        }

        MatrixChecks.RequireFit(query, graph.Gallery!);
        int needed = IsIndependent ? Math.Min(NeighborCount, graph.VertexCount) : NeighborCount;
        if (graph.NeighborCount < needed)
        {
            throw TooShallow(graph, needed);
        }

        RequireCameras(query, graph.Gallery!);
        Ranking ranked = Rank(query, graph.Gallery!, graph, top, options);
        return graph.Approximation is null
            ? ranked
            : ranked.With(
                ranked.Query, ranked.Gallery, ranked.Settings with { Approximation = graph.Approximation });
    }

    // Where cameras are centred, the job is that of the centred rows, and the ranking that of the caller's.
    private Ranking Rank(
        FeatureMatrix query, FeatureMatrix gallery, NeighborGraph? graph, int? top, ComputeOptions? options)
    {
        options ??= ComputeOptions.Default;
        IComputeBackend backend = _backend ?? BackendSelector.OfMachine.For(options);
        int depth = RankingDepth.Of(top, gallery);
        if (!(graph?.CentersCameras ?? Settings is MethodSettings { CenterCamera: true }))
        {
            return RankInMode(new RankingJob(query, gallery, depth, Settings) { Graph = graph }, backend, options);
        }

        (FeatureMatrix? centredQuery, FeatureMatrix centred) = IsIndependent
            ? FeatureTransformer.CenterByGallery(query, gallery, options)
            : FeatureTransformer.CenterCameras(query, gallery, options);
        RankingJob job = new(
            centredQuery!, centred, depth, Settings)
        {
            Graph = graph?.WithMatrices(graph.Query is null ? null : centredQuery, centred),
        };
        Ranking ranked = RankInMode(job, backend, options);
        return ranked.With(
            query, gallery, ranked.Settings is MethodSettings made ? made with { CenterCamera = true } : ranked.Settings);
    }

    private Ranking RankInMode(RankingJob job, IComputeBackend backend, ComputeOptions options)
    {
        if (!IsIndependent || SingleQueries == SingleQueryWay.Engine)
        {
            return Rank(job, backend, options);
        }

        RankingJob alone = job with { Settings = Settings with { QueryMode = QueryMode.Batch } };
        if (SingleQueries == SingleQueryWay.Always)
        {
            return Relabelled(Rank(alone with { Graph = null }, backend, options));
        }

        // Where a pass over all pairs is needed in any case, it finds the lists too.
        int neighbors = _recipe is { Needs.IsPlain: true } ? NeighborCount : 0;
        return Relabelled(new SingleQueryRuns(
            alone, neighbors, (one, quiet) => Rank(one, backend, quiet), backend, options).Run());
    }

    private static Ranking Relabelled(Ranking ranked) => ranked.With(
        ranked.Query, ranked.Gallery, ranked.Settings with { QueryMode = QueryMode.Independent });

    private void RequireCameras(FeatureMatrix query, FeatureMatrix gallery)
    {
        if (Settings is MethodSettings { UsesCameras: true } && !(query.HasCameras && gallery.HasCameras))
        {
            throw new GnnReRankException(
                "CamerasNeeded", ErrorKind.InvalidArgument,
                $"{Settings.Method} compares rows of one camera and of others, and the {(query.HasCameras ? "gallery" : "query")} matrix knows " +
                "no cameras. Import them (-CameraColumn), or take a method that does without.");
        }
    }

    private GnnReRankException TooShallow(NeighborGraph graph, int needed)
    {
        // Some parameters count a vertex among its neighbours, and some do not.
        object? given = Settings is MethodSettings settings
            ? settings.Parameters.FirstOrDefault(parameter => parameter.PropertyName == _neighborParameter)?.ValueIn(settings)
            : NeighborCount;
        return new GnnReRankException(
            "GraphTooShallow", ErrorKind.InvalidArgument,
            $"The graph has {graph.NeighborCount:N0} neighbours a vertex, and {needed:N0} are needed, as {_neighborParameter} is {given:N0}. " +
            $"Rebuild the graph with -NeighborCount {needed}, or lower -{_neighborParameter}.");
    }
}
