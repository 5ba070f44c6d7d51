using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Compares re-ranking methods on one or several data sets: figures, differences to cosine, time and memory, a row each.</summary>
/// <remarks>
/// <para>
/// Runs each method with its defaults, which are its authors' settings, or ours where the method is ours, and whatever other settings
/// -Method names. Each data set begins with the plain ranking by cosine, and every other row is compared with it, query by query:
/// Difference, its 95 % interval, and a Verdict that calls a difference noise where chance would make it too often.
/// </para>
/// <para>
/// A method that cannot be had on a data set, for want of cameras or of memory, gives a row without figures whose Reason says why, and the
/// rest go on. Seconds is the time of one run of the whole job from the matrices on, the search for neighbours in it. PeakMemory is how many
/// bytes more than before the process held at most during that run, managed and native together, as the system counts its working set,
/// looked at fifty times a second. So it is a figure to compare by, of a quiet process; runs of a few milliseconds show none.
/// </para>
/// <para>
/// Rows have plain figures for Export-Csv. With -KeepRankings each holds its Ranking, for Export-RankingReport and Compare-RetrievalAccuracy.
/// </para>
/// </remarks>
/// <example>
/// <title>All methods, one table</title>
/// <code>Import-FeatureMatrix -Example | Compare-ReRankMethod -Top 100</code>
/// <para>Compares the methods with their defaults on the digits, by the first hundred images of each list.</para>
/// </example>
/// <example>
/// <title>Settings of one's own, beside the defaults</title>
/// <code>$sets = Import-FeatureMatrix -Example
/// $best = $sets | Find-ReRankParameter -Method Gnn -Budget 4 -Best
/// $sets | Compare-ReRankMethod -Method Diffusion, @{ Method = 'Gnn'; K1 = 26; K2 = 7 }, $best | Export-Csv methods.csv</code>
/// <para>Compares the default, the paper's setting and the one that was found, and keeps the table.</para>
/// </example>
/// <example>
/// <title>A report with pictures of what changed</title>
/// <code>$rows = Import-FeatureMatrix -Example | Compare-ReRankMethod -Method Gnn -KeepRankings
/// $rows.Ranking | Export-RankingReport methods.html -Force</code>
/// <para>Writes the rankings side by side, the queries that changed most first.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "ReRankMethod", DefaultParameterSetName = MatricesSet)]
[OutputType(typeof(MethodResult))]
public sealed class CompareReRankMethodCommand : DeviceCommand
{
    private const string PipelineSet = "Pipeline";
    private const string MatricesSet = "Matrices";

    private readonly PairCollector _pairs = new();
    private MethodSettings[]? _named;

    /// <summary>Data sets with features of Import-RetrievalDataset, or pairs of a query and a gallery matrix, one pair after the other.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public object[]? InputObject { get; set; }

    /// <summary>The queries, where there is one pair by name.</summary>
    [Parameter(Position = 0, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The gallery, where there is one pair by name.</summary>
    [Parameter(Position = 1, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>
    /// What to compare with cosine: names of methods, which stand for their defaults, settings, results of Find-ReRankParameter, or hashtables
    /// such as @{ Method = 'Gnn'; K1 = 20 }; with QueryMode = 'Independent' among the keys each query is ranked alone.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MethodCompleter))]
    [PSDefaultValue(Help = "all methods with their defaults")]
    public object[]? Method { get; set; }

    /// <summary>How all are measured: a protocol, or a data set that it evaluates, such as SOP or ROxford5k.</summary>
    [Parameter]
    [ProtocolName]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    [PSDefaultValue(Help = "that of the data set, else " + ProtocolCommand.UsualProtocol)]
    public string? Protocol { get; set; }

    /// <summary>For matrices: the lists of a benchmark that has no labels, a GroundTruth, or a data set that has one.</summary>
    [Parameter]
    [PSDefaultValue(Help = "that of the data set; else none: labels and cameras say which images are good")]
    [ArgumentCompleter(typeof(TruthCompleter))]
    public object? GroundTruth { get; set; }

    /// <summary>How many gallery rows to keep for each query, best first. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Top { get; set; }

    /// <summary>How many bootstrap samples of the queries the intervals are taken from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Bootstrap { get; set; } = new ComparisonSettings().Bootstrap;

    /// <summary>What the bootstrap and the randomization test start from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Seed { get; set; }

    /// <summary>Keep the ranking of each row as its property Ranking.</summary>
    [Parameter]
    public SwitchParameter KeepRankings { get; set; }

    private protected override void Begin()
    {
        CheckTop(Top);
        _named = Method is null ? null : [.. Method.Select(MethodChoice.Of)];
        base.Begin();
    }

    /// <summary>The cosine first, then what was named; or all there are.</summary>
    private IEnumerable<MethodSettings> SettingsFor(LabelledPair pair)
    {
        MethodSettings baseline = ReRankMethods.All.First(info => info.Defaults.IsBaseline).Defaults;
        IEnumerable<MethodSettings> settings =
            _named ?? ReRankMethods.SettingsToCompare(pair.Query.HasCameras && pair.Gallery.HasCameras);
        return settings.Where(other => !other.IsBaseline).Distinct().Prepend(baseline);
    }

    private protected override void Process()
    {
        if (InputObject is null)
        {
            return;
        }

        Target = InputObject;
        foreach (LabelledPair pair in _pairs.Add(InputObject))
        {
            Compare(pair);
        }
    }

    private protected override void End()
    {
        if (Query is null && Gallery is null)
        {
            _pairs.Complete();
            return;
        }

        if (Query is null || Gallery is null)
        {
            throw Query is null
                ? Errors.OneMatrixAlone(nameof(Gallery), nameof(Query), string.Empty)
                : Errors.OneMatrixAlone(nameof(Query), nameof(Gallery), string.Empty);
        }

        PairCollector named = new();
        foreach (LabelledPair pair in named.Add(new object[] { Query.WithRole(FeatureRole.Query), Gallery.WithRole(FeatureRole.Gallery) }))
        {
            Compare(pair);
        }
    }

    /// <summary>Where a data set as a whole cannot be measured, that is an error, and the others go on.</summary>
    private void Compare(LabelledPair pair) => Attempt(pair.Gallery, () =>
    {
        TruthArgument truth = TruthArgument.Of(GroundTruth ?? pair.Dataset);
        MethodBench bench = new(pair.Query, pair.Gallery, new MethodBenchOptions
        {
            DataSet = pair.Name,
            Top = Top,
            KeepRankings = KeepRankings,
            Comparison = new ComparisonSettings { Bootstrap = Bootstrap, Seed = Seed },
            Evaluation = new EvaluationSettings
            {
                Protocol = truth.ProtocolOr(Protocol),
                GroundTruth = truth.Truth,
                Bootstrap = Bootstrap,
                Seed = Seed,
            },
        });
        foreach (MethodSettings settings in SettingsFor(pair))
        {
            WriteVerbose($"{pair.Name}: {settings}");
            WriteObject(Run(options => bench.Run(settings, options)), enumerateCollection: true);
        }
    });
}
