using GnnReRank.Compute;
using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>What all methods share that are a recipe of the engine's parts: the checks, the choice of the device, both forms of the call.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public abstract class ReRanker : IReRanker
{
    private readonly ScoringRecipe? _recipe;
    private readonly string? _neighborParameter;
    private readonly IComputeBackend? _backend;

    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The method and its parameters, already checked.</param>
    /// <param name="recipe">What they ask of the engine; null for the cosine itself.</param>
    /// <param name="neighborParameter">The parameter that says how many neighbours a graph must have, for messages; null where none are needed.</param>
    /// <param name="backend">What computes; null takes what a call's options ask for.</param>
    private protected ReRanker(RankingSettings settings, ScoringRecipe? recipe, string? neighborParameter, IComputeBackend? backend) =>
        (Settings, _recipe, _neighborParameter, _backend) = (settings, recipe, neighborParameter, backend);

    /// <inheritdoc/>
    public RankingSettings Settings { get; }

    /// <inheritdoc/>
    public int NeighborCount => _recipe?.NeighborCount ?? 0;

    /// <inheritdoc/>
    public Ranking ReRank(NeighborGraph graph, int? top = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Check(graph);
        return Rank(new RankingJob(graph.Query!, graph.Gallery!, RankingDepth.Of(top, graph.Gallery!), Settings) { Graph = graph }, options);
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

        return Rank(new RankingJob(query, gallery, RankingDepth.Of(top, gallery), Settings), options);
    }

    private Ranking Rank(RankingJob job, ComputeOptions? options)
    {
        options ??= ComputeOptions.Default;
        return (_backend ?? BackendSelector.OfMachine.For(options)).Rank(job with { Recipe = _recipe }, options);
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

        MatrixChecks.RequireFit(graph.Query, graph.Gallery);
        if (graph.NeighborCount < NeighborCount)
        {
            throw new GnnReRankException(
                "GraphTooShallow", ErrorKind.InvalidArgument,
                $"The graph has {graph.NeighborCount:N0} neighbours a vertex and {_neighborParameter} is {NeighborCount:N0}: at least {_neighborParameter} are needed. " +
                $"Rebuild the graph with -NeighborCount {NeighborCount}, or lower -{_neighborParameter}.");
        }
    }
}
