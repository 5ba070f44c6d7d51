using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Measures rankings by the field's protocols: mAP, CMC at several ranks, mINP, and what each protocol has of its own.</summary>
/// <remarks>
/// <para>
/// The labels, and the cameras where the protocol asks for them, are those of the ranking's own matrices. Properties hold
/// fractions from 0 to 1; tables show percent. -Protocol, -ApKind and -Divide name the choices in which published evaluation
/// codes differ, and the result says which were taken.
/// </para>
/// <para>
/// A ranking cut by -Top is measured as mAP@N, under that name: property mAPAtDepth, and mAP is empty. Each query is divided by
/// min(good images, N); by Trec, by all its good images. Where the lists of an imported run differ in length, N is that of the longest,
/// and what a shorter one does not hold counts as not found.
/// </para>
/// <para>
/// Cuhk03Classic and VehicleId draw one gallery image an identity, many times, and take means: the same -Seed draws the same.
/// OxfordParis, RevisitedOxfordParis and Gldv2 read lists: -GroundTruth. RevisitedOxfordParis gives three results, Easy, Medium and
/// Hard, with mP@k in MeanPrecisions. LeaveOneOut takes a set ranked against itself and gives MapAtR and RPrecision;
/// University1652 gives RecallAtOnePercent. What cut lists cannot tell is empty. Trec measures as trec_eval does, by judgements of
/// Import-RetrievalDataset Qrels.
/// </para>
/// <para>
/// The result also holds the settings of the method (K1, K2, Layers, ...), the whole CMC curve and a line for each query. Export-Csv
/// writes it as a row, its lists in short; PerQuery is exported on its own. For JSON, take the figures with Select-Object first
/// (K1, K2, mAP, Rank1, mINP, ...), and use -EnumsAsStrings.
/// </para>
/// </remarks>
/// <example>
/// <title>Measure a re-ranking</title>
/// <code>Import-FeatureMatrix -Example | Invoke-GnnReRank | Measure-RetrievalAccuracy</code>
/// <para>Measures by labels alone; by the Market-1501 protocol where both matrices have cameras too.</para>
/// </example>
/// <example>
/// <title>As another code computes it</title>
/// <code>$ranking = Import-FeatureMatrix -Example | Search-FeatureMatrix
/// $ranking | Measure-RetrievalAccuracy -ApKind Uninterpolated -Divide All -Rank 3, 50</code>
/// <para>Takes the mean of precisions, counts queries without a match as 0, and reaches for CMC at ranks 3 and 50.</para>
/// </example>
/// <example>
/// <title>The queries that went worst</title>
/// <code>$accuracy = Import-FeatureMatrix -Example | Invoke-GnnReRank | Measure-RetrievalAccuracy
/// $accuracy.PerQuery | Sort-Object AP | Select-Object -First 5</code>
/// <para>Shows the five queries with the lowest average precision.</para>
/// </example>
/// <example>
/// <title>How sure the figures are</title>
/// <code>$accuracy = Import-FeatureMatrix -Example | Invoke-GnnReRank | Measure-RetrievalAccuracy -Bootstrap 1000
/// "$($accuracy.MeanName) lies in $($accuracy.MeanInterval), Rank 1 in $($accuracy.Rank1Interval)"</code>
/// <para>Adds 95 % intervals over a thousand bootstrap samples of the queries. Compare-RetrievalAccuracy compares two results.</para>
/// </example>
/// <example>
/// <title>A table of settings</title>
/// <code>$graph = Import-FeatureMatrix -Example | New-NeighborGraph -NeighborCount 40
/// $results = 10, 20, 40 | ForEach-Object { $graph | Invoke-GnnReRank -K1 $_ | Measure-RetrievalAccuracy }
/// $results | Select-Object K1, K2, mAP, Rank1, mINP | Export-Csv settings.csv</code>
/// <para>Writes the figures of three settings as CSV.</para>
/// </example>
/// <example>
/// <title>A set against itself</title>
/// <code>$images = Import-FeatureMatrix -Example -Set Gallery
/// Search-FeatureMatrix $images $images | Measure-RetrievalAccuracy -Protocol SOP</code>
/// <para>Leaves each image out of its own list: Recall@K, MAP@R and R-precision as Stanford Online Products is reported.</para>
/// </example>
/// <example>
/// <title>One random gallery image an identity</title>
/// <code>Import-FeatureMatrix -Example | Search-FeatureMatrix | Measure-RetrievalAccuracy -Protocol VehicleId -Draws 20 -Seed 1</code>
/// <para>The mean over twenty galleries drawn for each query; the same seed gives the same figures.</para>
/// </example>
/// <example>
/// <title>Truth in lists</title>
/// <code>$ranking = Import-FeatureMatrix -Example | Search-FeatureMatrix
/// $lists = 0..299 | ForEach-Object { [GnnReRank.QueryTruth] @{ Easy = [int[]] ($_, ($_ + 300)); Hard = [int[]] ($_ + 600) } }
/// $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $lists, 1497)
/// $ranking | Measure-RetrievalAccuracy -Protocol RevisitedOxfordParis -GroundTruth $truth</code>
/// <para>Measures the three setups of the revisited benchmarks. Import-RetrievalDataset reads published lists.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "RetrievalAccuracy")]
[OutputType(typeof(RetrievalAccuracy))]
public sealed class MeasureRetrievalAccuracyCommand : MeasuringCommand
{
    /// <summary>The ranking to measure. Several through the pipeline give a result each.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [RankingNeeded]
    [ArgumentCompleter(typeof(RankingCompleter))]
    public Ranking? InputObject { get; set; }

    /// <summary>Ranks whose CMC is wanted beside the protocol's usual ones: read them from the result's Ranks, or with its At method.</summary>
    [Parameter]
    [PSDefaultValue(Help = "the usual ranks of the protocol alone")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[] Rank { get; set; } = [];

    /// <summary>The number of threads. 0, the default, takes one a core. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int ThrottleLimit { get; set; }

    private protected override ComputeOptions Configure(ComputeOptions options) => options with { ThrottleLimit = ThrottleLimit };

    private protected override void Process()
    {
        Ranking ranking = InputObject!;
        Target = ranking;
        EvaluationSettings settings = Evaluation() with { Ranks = Rank };
        foreach (RetrievalAccuracy accuracy in Run(options => RetrievalEvaluator.MeasureAll(ranking, settings, options)))
        {
            WriteObject(AccuracyViews.Shown(accuracy));
        }
    }
}
