using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Finds the nearest neighbours of every query and gallery row: phase 1 of re-ranking, kept to be used again.</summary>
/// <remarks>
/// <para>
/// The graph holds, for each row of query and gallery together, the rows with the highest cosine, the row itself first.
/// Building it takes most of the time of a re-ranking, and it does not depend on the other parameters: build it once with the
/// largest count you want to try, then give it to Invoke-GnnReRank with smaller ones.
/// </para>
/// <para>
/// Query and gallery come by name, or through the pipeline, where they are told apart by their roles. One matrix without a role,
/// or -Gallery alone, gives the graph of that matrix: New-NeighborGraph $matrix.
/// </para>
/// <para>
/// With -CenterCamera the lists are those of rows centred by camera. The graph keeps the matrices as they were given
/// and remembers that; so does a Parquet file of it. Rankings made of it are centred too, and say so.
/// </para>
/// <para>
/// The neighbours are the exact ones. Among 10^5 rows and more, where that takes minutes or hours, -Method Approximate
/// finds nearly all of them in a part of the time: rows lie in clusters, and each meets those of the nearest clusters
/// alone. How many these are is chosen so that -Recall is reached, and the recall is measured on other rows and kept in
/// the graph's Approximation and in the Settings of rankings made of it. -Verbose tells the plan. What it costs and
/// brings is in docs/approximate.md.
/// </para>
/// </remarks>
/// <example>
/// <title>One graph, several settings</title>
/// <code>$graph = Import-FeatureMatrix -Example | New-NeighborGraph -NeighborCount 60
/// 20, 26, 40 | ForEach-Object { $graph | Invoke-GnnReRank -K1 $_ | Measure-RetrievalAccuracy }</code>
/// <para>Builds the graph once and measures three values of k1.</para>
/// </example>
/// <example>
/// <title>Keep a graph in a file</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// New-NeighborGraph $query $gallery | Export-NeighborGraph kept.parquet -Force</code>
/// <para>Builds the graph of two matrices and writes it.</para>
/// </example>
/// <example>
/// <title>The neighbours of one image</title>
/// <code>$gallery = Import-FeatureMatrix -Example -Set Gallery
/// $graph = New-NeighborGraph $gallery -NeighborCount 5
/// $graph.GetNeighbors(0)</code>
/// <para>Builds the graph of one matrix and shows the five rows nearest to the first, itself included.</para>
/// </example>
/// <example>
/// <title>Many rows</title>
/// <code>$features = Import-FeatureMatrix -Example
/// $graph = $features | New-NeighborGraph -Method Approximate -Recall 0.98 -Verbose
/// $graph.Approximation</code>
/// <para>
/// Builds a graph of nearly all neighbours and shows the recall that was measured. The example has few rows, so its graph
/// is exact, and has no Approximation.
/// </para>
/// </example>
[Cmdlet(VerbsCommon.New, "NeighborGraph", DefaultParameterSetName = MatricesSet)]
[OutputType(typeof(NeighborGraph))]
public sealed class NewNeighborGraphCommand : MatrixPairCommand
{
    private const string PipelineSet = "Pipeline";
    private const string MatricesSet = "Matrices";

    private static readonly string[] s_ofApproximate = [nameof(Recall), nameof(Seed)];

    /// <summary>One query and one gallery matrix, told apart by their roles, in any order; one matrix without a role; or a data set of Import-RetrievalDataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    [DatasetMatrices]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[]? InputObject { get; set; }

    /// <summary>The queries, whose rows become the graph's first vertices. One matrix by its place alone is taken as the gallery, unless its role is Query.</summary>
    [Parameter(Position = 0, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: the graph is that of one matrix, or the matrices come from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The gallery, whose rows become the vertices after the queries.</summary>
    [Parameter(Position = 1, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: the matrices come from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>How many neighbours to keep for each row, itself included: the largest k1 that the graph will serve. 64, the
    /// default, are what Invoke-GnnReRank looks at to choose its parameters; fewer where there are fewer rows.</summary>
    [Parameter]
    [Alias("K", "K1")]
    [PSDefaultValue(Value = GnnParameterRule.NeighborCount)]
    [ArgumentCompleter(typeof(NeighborCountCompleter))]
    public int NeighborCount { get; set; } = GnnParameterRule.NeighborCount;

    /// <summary>
    /// Exact compares all rows. Approximate finds nearly all neighbours in less time, or all of them where that is as
    /// cheap; the processor does it, whatever the device. Auto is exact too, and before a graph that takes the processor
    /// more than about a minute it says how long, and what else there is.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Value = GraphMethod.Auto)]
    public GraphMethod Method { get; set; }

    /// <summary>
    /// The share of the exact neighbours that an approximate graph shall hold, above 0 and at most 1, which is exact. The
    /// recall that was reached is measured, and may differ by some thousandths.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Value = ApproximateSearchSettings.DefaultRecall)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double Recall { get; set; } = ApproximateSearchSettings.DefaultRecall;

    /// <summary>What an approximate graph's clusters and samples start from; the same seed gives the same graph.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Seed { get; set; }

    private protected override string Alternative => "; for the graph of one matrix alone, give it as -Gallery";

    private protected override void Process() => Take(InputObject);

    private protected override void End()
    {
        MatrixPair pair = PairOrSingle(Query, Gallery);
        Target = pair.Gallery;
        int count = Math.Min(NeighborCount, pair.VertexCount);
        if (count < NeighborCount && MyInvocation.BoundParameters.ContainsKey(nameof(NeighborCount)))
        {
            WriteWarning(
                $"NeighborCount is {NeighborCount:N0}, and query and gallery have {pair.VertexCount:N0} rows in all: {count:N0} is used.");
        }

        if (Method != GraphMethod.Approximate)
        {
            foreach (string given in s_ofApproximate.Where(MyInvocation.BoundParameters.ContainsKey))
            {
                throw Errors.OfApproximateGraphs(given);
            }
        }

        if (!CenterCamera)
        {
            TellOfCameras(pair.Query, pair.Gallery);
        }

        WriteObject(Method == GraphMethod.Approximate
            ? Run(options => BuildNearly(pair, count, options))
            : Run(options => BuildExactly(pair, count, options)));
    }

    private NeighborGraph BuildNearly(MatrixPair pair, int count, ComputeOptions options)
    {
        ApproximateSearchSettings settings = new() { Recall = Recall, Seed = Seed };
        return CenterCamera
            ? NeighborSearch.BuildApproximateCentered(pair.Query, pair.Gallery, count, settings, options)
            : NeighborSearch.BuildApproximate(pair.Query, pair.Gallery, count, settings, options);
    }

    private NeighborGraph BuildExactly(MatrixPair pair, int count, ComputeOptions options)
    {
        if (Method == GraphMethod.Auto && LongSearch.TimeOf(pair.Query, pair.Gallery, options) is string time)
        {
            options.Warn?.Invoke(FormattableString.Invariant(
                $"The exact graph of {pair.VertexCount:N0} rows takes about {time}. -Method Approximate finds ") +
                FormattableString.Invariant(
                    $"nearly all neighbours (-Recall {ApproximateSearchSettings.DefaultRecall} unless given), on most ") +
                "features in half of that or less, and tells its plan with -Verbose; -Method Exact leaves this warning " +
                "out; Ctrl+C stops.");
        }

        return CenterCamera
            ? NeighborSearch.BuildCentered(pair.Query, pair.Gallery, count, options)
            : NeighborSearch.Build(pair.Query, pair.Gallery, count, options);
    }
}
