using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Re-ranks the gallery for each query by GNN re-ranking (Zhang et al., arXiv 2012.07620).</summary>
/// <remarks>
/// <para>
/// Phase 1 finds the nearest neighbours of every query and gallery row. Phase 2 describes each row by its neighbours, lets the
/// descriptions spread along the edges of the neighbour graph, and ranks the gallery by their cosine. All queries take part in the
/// graph together, as in the published results; with -QueryMode Independent each is ranked as if it were the only one.
/// </para>
/// <para>
/// Query and gallery come by name, or through the pipeline, where they are told apart by their roles. A graph made by
/// New-NeighborGraph or Import-NeighborGraph, by name or through the pipeline, spares phase 1.
/// </para>
/// <para>
/// The parameters have the paper's names as aliases: K1, K2, Layers, Alpha and Lambda. Without K1 and K2 both are chosen from the
/// neighbour lists, and Lambda with them, by a rule that needs no labels; the settings of the result say what was chosen, and -Verbose
/// says why. The paper's setting for Market-1501, K1 26 and K2 7, suits ten and more images an identity, and loses where there are few.
/// -ImagesPerIdentity gives both for identities of that size. With K1 alone, K2 is 7, or K1 where that is smaller. The published code,
/// -Variant Reference, takes 26 and 7 where nothing is given.
/// </para>
/// </remarks>
/// <example>
/// <title>Re-rank and measure</title>
/// <code>Import-FeatureMatrix -Example | Invoke-GnnReRank -K1 26 -K2 7 | Measure-RetrievalAccuracy</code>
/// <para>The whole job in one line, on the digits that ship with the module.</para>
/// </example>
/// <example>
/// <title>Try settings on one graph</title>
/// <code>$graph = Import-FeatureMatrix -Example | New-NeighborGraph -NeighborCount 60
/// 20, 26, 40 | ForEach-Object { $graph | Invoke-GnnReRank -K1 $_ | Measure-RetrievalAccuracy }</code>
/// <para>Phase 1 runs once; each setting takes a fraction of its time.</para>
/// </example>
/// <example>
/// <title>The published code's variant, written as CSV</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Invoke-GnnReRank $query $gallery -Variant Reference -Top 10 | Export-Ranking reranked.csv -Force</code>
/// <para>Computes what the published code computes, keeps ten gallery rows for each query, and writes them.</para>
/// </example>
/// <example>
/// <title>A graph from another program</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// New-NeighborGraph $query $gallery | Export-NeighborGraph neighbors.npy -Force
/// Import-NeighborGraph neighbors.npy | Invoke-GnnReRank -Query $query -Gallery $gallery -K1 10 -K2 4</code>
/// <para>Uses neighbour lists as faiss or another program leaves them; here the second line does.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "GnnReRank", DefaultParameterSetName = MatricesSet)]
[OutputType(typeof(Ranking))]
public sealed class InvokeGnnReRankCommand : ReRankCommand
{
    /// <summary>k1: the neighbours that describe a row at the start, itself included. About the number of images of one identity.</summary>
    [Parameter]
    [Alias("K1")]
    [PSDefaultValue(Help = "chosen from the neighbour lists, with k2 and lambda; 26 where k2 is given, or for the variant Reference")]
    [ArgumentCompleter(typeof(NeighborCountCompleter))]
    public int? NeighborCount { get; set; }

    /// <summary>
    /// How many images an identity has, about, its query included: gives k1 and k2 for that size, in place of both. Where sizes differ much,
    /// the usual one.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Help = "not known: k1 and k2 are given, or chosen from the neighbour lists")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? ImagesPerIdentity { get; set; }

    /// <summary>k2: the neighbours a row takes messages from, itself included. At most k1, and best much smaller; it follows k1 where it is not given.</summary>
    [Parameter]
    [Alias("K2")]
    [PSDefaultValue(Help = "chosen with k1; where k1 is given, 7, or k1 if that is smaller")]
    [ArgumentCompleter(typeof(PropagationCountCompleter))]
    public int? PropagationCount { get; set; }

    /// <summary>L: how many times messages are passed. 0 compares the descriptions of the start; many layers blur them.</summary>
    [Parameter]
    [Alias("Layers")]
    [PSDefaultValue(Value = 2)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int LayerCount { get; set; } = 2;

    /// <summary>alpha: a message weighs the cosine of its edge to this power. 0 weighs all alike.</summary>
    [Parameter]
    [Alias("Alpha")]
    [PSDefaultValue(Value = 2)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double EdgeExponent { get; set; } = 2;

    /// <summary>lambda: the share of the plain cosine in the final score, 0 to 1.</summary>
    [Parameter]
    [Alias("Lambda")]
    [PSDefaultValue(Help = "chosen with k1; where k1 is given, 0 for the variant Paper, 0.3 for Reference")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double? CosineWeight { get; set; }

    /// <summary>Which statement of the method to compute: as the paper writes it, or as the published code does.</summary>
    [Parameter]
    [PSDefaultValue(Value = GnnVariant.Paper)]
    public GnnVariant Variant { get; set; } = GnnVariant.Paper;

    /// <summary>
    /// How a row makes one message of its neighbours': their sum, their mean, or the largest value in each place.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Value = GnnAggregator.Sum)]
    public GnnAggregator Aggregator { get; set; } = GnnAggregator.Sum;

    private GnnReRankSettings Settings
    {
        get
        {
            GnnReRankSettings settings = new()
            {
                IsAutomatic = true,
                Layers = LayerCount,
                Alpha = EdgeExponent,
                Lambda = CosineWeight,
                Variant = Variant,
                Aggregator = Aggregator,
            };
            if (ImagesPerIdentity is int images)
            {
                GnnReRankSettings sized = GnnReRankSettings.ForImagesPerIdentity(images);
                settings = settings with { K1 = sized.K1, K2 = sized.K2 };
            }

            settings = NeighborCount is int k1 ? settings with { K1 = k1 } : settings;
            return PropagationCount is int k2 ? settings with { K2 = k2 } : settings;
        }
    }

    private protected override void Begin()
    {
        Target = ImagesPerIdentity;
        if (ImagesPerIdentity is not null && (NeighborCount ?? PropagationCount) is not null)
        {
            throw Errors.SizeAndNeighbors(NeighborCount is null ? "K2" : "K1");
        }

        Target = Settings;
        Settings.Validate();
        base.Begin();
    }

    private protected override IReRanker MethodFor(int vertexCount, NeighborGraph? graph)
    {
        if (Settings.IsAutomatic && graph is not null)
        {
            WarnOfShortLists(graph);
        }

        return new GnnReRanker(
            Settings.IsAutomatic ? Settings : graph is null || IsK1Given ? ClampedTo(vertexCount) : FittedTo(graph));
    }

    private bool IsK1Given => (NeighborCount ?? ImagesPerIdentity) is not null;

    /// <summary>The rule was made for lists of a certain length.</summary>
    private void WarnOfShortLists(NeighborGraph graph)
    {
        int most = Math.Min(GnnParameterRule.NeighborCount, graph.VertexCount);
        if (graph.NeighborCount < most)
        {
            WriteWarning(
                $"K1 and K2 are chosen from the graph's {graph.NeighborCount:N0} neighbours a row: the rule looks at {most:N0}. " +
                $"Build the graph with -NeighborCount {most}, or give -K1 and -K2.");
        }
    }

    /// <summary>The settings as far as so many rows allow.</summary>
    private GnnReRankSettings ClampedTo(int vertexCount) => Clamped(vertexCount, Rows(vertexCount));

    /// <summary>The settings as far as a graph serves, where no k1 was asked for.</summary>
    private GnnReRankSettings FittedTo(NeighborGraph graph) => graph.NeighborCount < graph.VertexCount
        ? Clamped(graph.NeighborCount, $"the graph holds {graph.NeighborCount:N0} neighbours a row")
        : ClampedTo(graph.VertexCount);

    private GnnReRankSettings Clamped(int most, string reason)
    {
        GnnReRankSettings clamped = Settings.ClampTo(most);
        if (clamped.K1 < Settings.K1)
        {
            WriteWarning($"K1 is {Settings.K1:N0}{(IsK1Given ? string.Empty : " by default")}, and {reason}: K1 {clamped.K1:N0} and K2 {clamped.K2:N0} are used.");
        }

        if (PropagationCount is null && clamped.K2 < GnnReRankSettings.DefaultK2)
        {
            WriteVerbose($"K2 is {clamped.K2:N0}: it was not given, and follows K1.");
        }

        return clamped;
    }
}
