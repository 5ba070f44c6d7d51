using GnnReRank.Compute;
using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>What all methods share: the checks, the choice of the device, both forms of the call.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public abstract class ReRanker : IReRanker
{
    private readonly ScoringRecipe? _recipe;
    private readonly int _neighborCount;
    private readonly string? _neighborParameter;
    private readonly IComputeBackend? _backend;

    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The method and its parameters, already checked.</param>
    /// <param name="recipe">What they ask of the engine; null for the cosine itself.</param>
    /// <param name="neighborParameter">The parameter that says how many neighbours a graph must have, for messages; null where none are needed.</param>
    /// <param name="backend">What computes; null takes what a call's options ask for.</param>
    private protected ReRanker(RankingSettings settings, ScoringRecipe? recipe, string? neighborParameter, IComputeBackend? backend) =>
        (Settings, _recipe, _neighborCount, _neighborParameter, _backend) =
        (settings, recipe, recipe?.NeighborCount ?? 0, neighborParameter, backend);

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

    /// <inheritdoc/>
    public Ranking ReRank(NeighborGraph graph, int? top = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Check(graph);
        RequireCameras(graph.Query!, graph.Gallery!);
        Ranking ranked = Rank(graph.Query!, graph.Gallery!, graph, top, options);
        return graph.Approximation is null
            ? ranked
            : ranked.With(
                ranked.Query, ranked.Gallery, ranked.Settings with { Approximation = graph.Approximation });
    }

    /// <inheritdoc/>
    public Ranking ReRank(FeatureMatrix query, FeatureMatrix gallery, int? top = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(gallery);
        if (NeighborCount > 0)
        {
            NeighborSearch.Check(query, gallery, NeighborCount);
        }
        else
        {
            MatrixChecks.RequireFit(query, gallery);
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

    // Where cameras are centred, the job is that of the centred rows, and the ranking that of the caller's.
    private Ranking Rank(
        FeatureMatrix query, FeatureMatrix gallery, NeighborGraph? graph, int? top, ComputeOptions? options)
    {
        options ??= ComputeOptions.Default;
        IComputeBackend backend = _backend ?? BackendSelector.OfMachine.For(options);
        int depth = RankingDepth.Of(top, gallery);
        if (!(graph?.CentersCameras ?? Settings is MethodSettings { CenterCamera: true }))
        {
            return Rank(new RankingJob(query, gallery, depth, Settings) { Graph = graph }, backend, options);
        }

        (FeatureMatrix? centredQuery, FeatureMatrix centred) = FeatureTransformer.CenterCameras(
            query, gallery, options);
        RankingJob job = new(
            centredQuery!, centred, depth, Settings) { Graph = graph?.WithMatrices(centredQuery, centred) };
        Ranking ranked = Rank(job, backend, options);
        return ranked.With(
            query, gallery, ranked.Settings is MethodSettings made ? made with { CenterCamera = true } : ranked.Settings);
    }

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

        if (Settings is MethodSettings { CenterCamera: true } && !graph.CentersCameras)
        {
            throw new GnnReRankException(
                "GraphNotCentered", ErrorKind.InvalidArgument,
                $"Cameras are to be centred, and the {graph} is of rows that are not. Build it with " +
                    "New-NeighborGraph -CenterCamera, say of a " +
                "graph of another program that its rows were (Import-NeighborGraph -CenterCamera), or leave out " +
                    "-CenterCamera.");
        }

        MatrixChecks.RequireFit(graph.Query, graph.Gallery);
        if (graph.NeighborCount < NeighborCount)
        {
            // Some parameters count a vertex among its neighbours, and some do not.
            object? given = Settings is MethodSettings settings
                ? settings.Parameters.FirstOrDefault(parameter => parameter.PropertyName == _neighborParameter)?.ValueIn(settings)
                : NeighborCount;
            throw new GnnReRankException(
                "GraphTooShallow", ErrorKind.InvalidArgument,
                $"The graph has {graph.NeighborCount:N0} neighbours a vertex, and {NeighborCount:N0} are needed, as {_neighborParameter} is {given:N0}. " +
                $"Rebuild the graph with -NeighborCount {NeighborCount}, or lower -{_neighborParameter}.");
        }
    }
}
