using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Diffusion;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Running;

namespace GnnReRank.Indexing.Methods;

/// <summary>The method of an index: settings that are decided, and the recipe they ask for.</summary>
internal sealed class IndexMethod
{
    /// <summary>What lists hold beyond a method's needs, so that few of them must be searched again when rows are removed.</summary>
    public const int Reserve = 16;

    private readonly MethodSettings _settings;

    private IndexMethod(MethodSettings settings)
    {
        _settings = settings with { QueryMode = QueryMode.Independent };
        Recipe = RecipeOf(settings);
    }

    /// <summary>What the settings ask of the engine; null for the cosine.</summary>
    public ScoringRecipe? Recipe { get; }

    /// <summary>Places of a list that the method looks at, the vertex included.</summary>
    public int NeighborCount => Recipe?.NeighborCount ?? 1;

    /// <summary>How long lists should be.</summary>
    public int ListLength => Recipe is null ? 1 : NeighborCount + Reserve;

    /// <summary>The settings as they are, if an index can have them: a gallery may grow into those that count rows.</summary>
    /// <exception cref="GnnReRankException">It cannot, or a parameter is out of its range.</exception>
    public static MethodSettings Checked(MethodSettings settings)
    {
        settings.Validate();
        if (!ReRankMethods.Of(settings).HasIndex)
        {
            string[] served = [.. ReRankMethods.All.Where(info => info.HasIndex).Select(info => info.Method.ToString())];
            throw new GnnReRankException(
                "MethodHasNoIndex", ErrorKind.NotSupported,
                $"{settings.Method} needs all queries and rows at once: an index serves {string.Join(", ", served[..^1])} and {served[^1]}. " +
                "Use Invoke-ReRank, whose -QueryMode Independent ranks each query by itself with any method.");
        }

        if (settings.CenterCamera || settings.UsesCameras)
        {
            throw new GnnReRankException(
                "IndexUsesNoCameras", ErrorKind.NotSupported,
                "An index compares rows as they are, without their cameras. Centre gallery and queries by one transform: " +
                "New-FeatureTransform -CenterCamera of the gallery, then Convert-FeatureMatrix -Transform of both.");
        }

        return settings;
    }

    /// <summary>How long lists should be for a method whose parameters may not be decided yet.</summary>
    public static int ListLengthFor(MethodSettings settings) => settings switch
    {
        GnnReRankSettings { IsAutomatic: true } => GnnParameterRule.NeighborCount,
        _ => new IndexMethod(settings).ListLength,
    };

    /// <summary>The gallery of a graph that has nothing else.</summary>
    /// <exception cref="GnnReRankException">It does not know it, or holds queries too.</exception>
    public static FeatureMatrix GalleryOf(NeighborGraph graph)
    {
        if (graph.Query is not null || graph.Gallery is null)
        {
            throw new GnnReRankException(
                "GraphNotOfGallery", ErrorKind.InvalidArgument,
                $"The {graph} {(graph.Query is null ? "does not know its gallery" : "holds queries too")}: an index is made of " +
                "a gallery's own graph. Build it with New-NeighborGraph -Gallery alone, or give the gallery of an imported graph.");
        }

        if (graph.CentersCameras)
        {
            throw new GnnReRankException(
                "GraphCentered", ErrorKind.InvalidArgument,
                $"The {graph} is of rows that were centred by camera, and an index compares rows as they are. Centre the " +
                "gallery itself (Convert-FeatureMatrix -CenterCamera), and build the graph of that.");
        }

        return graph.Gallery;
    }

    /// <summary>The method for a gallery's lists, which decide what is to be chosen.</summary>
    /// <exception cref="GnnReRankException">The lists are too short.</exception>
    public static IndexMethod Of(MethodSettings settings, NeighborGraph graph, ComputeOptions options)
    {
        MethodSettings decided = settings is GnnReRankSettings { IsAutomatic: true } automatic
            ? GnnParameterRule.Choose(automatic, graph, options)
            : settings;
        IndexMethod method = new(decided);
        if (graph.NeighborCount < Math.Min(method.NeighborCount, graph.VertexCount))
        {
            throw new GnnReRankException(
                "GraphTooShallow", ErrorKind.InvalidArgument,
                $"The graph has {graph.NeighborCount:N0} neighbours a vertex, and {method.NeighborCount:N0} are needed for {decided}. " +
                $"Rebuild it with -NeighborCount {method.NeighborCount + Reserve}: {Reserve} places are a reserve for rows " +
                "that are removed, without which each removal searches lists again.");
        }

        return method;
    }

    /// <summary>The method of settings that were decided before.</summary>
    public static IndexMethod OfDecided(MethodSettings settings) => new(settings);

    /// <summary>What results of lists that are so near to the exact ones say made them.</summary>
    public MethodSettings SettingsFor(GraphApproximation? approximation) => _settings with { Approximation = approximation };

    /// <summary>The method made ready for lists; null for the cosine.</summary>
    /// <exception cref="GnnReRankException">It does not fit memory.</exception>
    public ISingleScoring? Prepare(GalleryLists lists, ComputeOptions options) =>
        Recipe is null ? null : SingleScorings.Prepare(Recipe, lists, MemoryBudget.OfMachine(), options);

    private static ScoringRecipe? RecipeOf(MethodSettings settings) => settings switch
    {
        DiffusionSettings diffusion => DiffusionRecipe.Of(diffusion),
        GnnReRankSettings gnn => GnnRecipe.Of(gnn),
        _ => null,
    };
}
