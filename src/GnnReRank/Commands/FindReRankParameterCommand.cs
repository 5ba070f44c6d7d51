using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Finds the re-ranking method and its parameters that suit the labelled images one has.</summary>
/// <remarks>
/// <para>
/// Takes labelled queries and their gallery, or a labelled gallery alone, and tries methods with many settings. Cosine is always among
/// them: the answer may be not to re-rank. The winner comes first, the others follow, best first; -Best gives the winner alone.
/// </para>
/// <para>
/// The identities are split in two halves. Queries of the one choose, by successive halving: a few queries are asked of all settings,
/// three times as many of the best third, until all are asked of the last few. Scores of one Round compare, and those of different rounds
/// do not. Queries of the other half are asked of the winner, and Judged is what they say, with a 95 % interval: their identities chose
/// nothing, so it is what new images of the kind will show, as far as the judging identities are many. Score, which chose, flatters.
/// </para>
/// <para>
/// With -CenterCamera rows are centred by camera first, for all methods alike, and the settings found say so; run it with and without to
/// choose. Where cameras are known, methods that can use them are tried with them, too.
/// </para>
/// <para>
/// Of a gallery alone, a fifth of each identity's rows, at least one, is drawn as queries, and the rest is ranked for them. So each row
/// is one vertex of the graph, as it is where one row after the other is left out; to rank every row against all others, a graph would have
/// to hold it twice, and its nearest neighbour would be itself. Where cameras count, each query leaves an image of another camera.
/// </para>
/// <para>
/// Parameters of a result is a hashtable of the names of Invoke-ReRank. PowerShell splats variables alone, so put it in one first:
/// $parameters = $best.Parameters; Invoke-ReRank @parameters.
/// </para>
/// <para>
/// One search for neighbours serves all settings. Methods that need cameras are left out where a row has none; Verbose says so. Lists are
/// ranked to their end: they take 8 bytes for each query and gallery row.
/// </para>
/// </remarks>
/// <example>
/// <title>The best of all methods</title>
/// <code>$sets = Import-FeatureMatrix -Example
/// $best = $sets | Find-ReRankParameter -Budget 6 -Best
/// $best.Summary
/// $parameters = $best.Parameters
/// $sets | Invoke-ReRank @parameters | Measure-RetrievalAccuracy</code>
/// <para>Finds method and parameters on the digits, says how they did on digits that chose nothing, and re-ranks with them.</para>
/// </example>
/// <example>
/// <title>A labelled gallery alone</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | Find-ReRankParameter -Method Gnn -Budget 10 -Metric Rank1</code>
/// <para>Draws queries from the gallery, and chooses by the first image of each list among ten settings of one method.</para>
/// </example>
/// <example>
/// <title>What was tried, as a table of text</title>
/// <code>$tried = Import-FeatureMatrix -Example | Find-ReRankParameter -Budget 6
/// $tried | Sort-Object Seconds | Select-Object Method, Settings, Round, Score, Seconds | Export-Csv tried.csv</code>
/// <para>Keeps all settings with their scores.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "ReRankParameter", DefaultParameterSetName = MatricesSet)]
[OutputType(typeof(ParameterTrial))]
public sealed class FindReRankParameterCommand : MatrixPairCommand
{
    private const string PipelineSet = "Pipeline";
    private const string MatricesSet = "Matrices";

    /// <summary>One query and one gallery matrix with labels, told apart by their roles; a labelled gallery alone; or a data set with both.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    [DatasetMatrices]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[]? InputObject { get; set; }

    /// <summary>The labelled queries. One matrix by its place alone is taken as the gallery, unless its role is Query.</summary>
    [Parameter(Position = 0, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: they come from the pipeline, or are drawn from the gallery")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The labelled gallery.</summary>
    [Parameter(Position = 1, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>The methods to try. Cosine is tried always.</summary>
    [Parameter]
    [MethodName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MethodCompleter))]
    [PSDefaultValue(Help = "all")]
    public string[]? Method { get; set; }

    /// <summary>The figure to choose by.</summary>
    [Parameter]
    [PSDefaultValue(Value = TuningMetric.mAP)]
    public TuningMetric Metric { get; set; }

    /// <summary>How many settings of each method are tried at most, its defaults among them.</summary>
    [Parameter]
    [Alias("SettingCount")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Budget { get; set; } = TuningSettings.DefaultBudget;

    /// <summary>Which gallery images are good and which are junk: a protocol that goes by labels, or a data set that it evaluates, such as SOP.</summary>
    [Parameter]
    [ProtocolName]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    [PSDefaultValue(Help = "Market1501 where cameras are known, else Label")]
    public string? Protocol { get; set; }

    /// <summary>What identities, queries and settings are drawn from: the same seed gives the same result.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Seed { get; set; }

    /// <summary>How many bootstrap samples of the judging queries the winner's interval is taken from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Bootstrap { get; set; } = new TuningSettings().Bootstrap;

    /// <summary>Give the winner alone.</summary>
    [Parameter]
    public SwitchParameter Best { get; set; }

    private protected override string Alternative => "; for a labelled gallery alone, give it as -Gallery";

    private protected override void Process() => Take(InputObject);

    private protected override void End()
    {
        MatrixPair pair = PairOrGallery(Query, Gallery);
        Target = pair.Gallery;
        TuningSettings settings = new()
        {
            Methods = Method is null ? null : [.. Method.Select(Enum.Parse<ReRankMethod>)],
            Metric = Metric,
            Budget = Budget,
            Seed = Seed,
            CenterCamera = CenterCamera,
            Bootstrap = Bootstrap,
            Protocol = string.IsNullOrEmpty(Protocol) ? null : EvaluationProtocols.Find(Protocol),
        };
        IReadOnlyList<ParameterTrial> trials = Run(options => ParameterFinder.Find(pair.Query, pair.Gallery, settings, options));
        WriteObject(Best ? trials.Take(1) : trials, enumerateCollection: true);
    }
}
