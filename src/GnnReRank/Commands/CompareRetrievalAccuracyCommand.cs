using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Compares results of the same queries: how far the mean moved, and whether that is more than chance.</summary>
/// <remarks>
/// <para>
/// The first result is the reference, each other one is compared with it, query by query. The Summary says it in a sentence:
/// 'mAP +2.31 points (95 %: +1.90 to +2.72), 2,011 queries gained, 842 lost, 515 equal, p &lt; 0.001: a gain.' A difference that
/// chance would make too often is said to be within the noise.
/// </para>
/// <para>
/// The interval is a bootstrap of the queries' differences. PValue is that of a paired randomization test of the mean difference,
/// and the verdict rests on it; SignTestPValue is that of the exact sign test, which counts gains and losses whatever their size.
/// The same -Seed gives the same result.
/// </para>
/// <para>
/// A ranking is measured first: as the results beside it were, else by -Protocol or the defaults. Results must be of the same
/// queries, protocol, kind of average precision, divisor and depth; the error says what differs. Of the revisited benchmarks, each
/// setup is compared with its own.
/// </para>
/// </remarks>
/// <example>
/// <title>Did re-ranking help?</title>
/// <code>$sets = Import-FeatureMatrix -Example
/// $cosine = $sets | Search-FeatureMatrix
/// $gnn = $sets | Invoke-GnnReRank
/// Compare-RetrievalAccuracy $cosine $gnn</code>
/// <para>Measures both rankings and compares them.</para>
/// </example>
/// <example>
/// <title>Several settings with one reference</title>
/// <code>$graph = Import-FeatureMatrix -Example | New-NeighborGraph -NeighborCount 60
/// $results = 26, 10, 40 | ForEach-Object { $graph | Invoke-GnnReRank -K1 $_ | Measure-RetrievalAccuracy }
/// $results | Compare-RetrievalAccuracy</code>
/// <para>The first result, k1 = 26, is the reference of the others.</para>
/// </example>
/// <example>
/// <title>The queries that lost most</title>
/// <code>$sets = Import-FeatureMatrix -Example
/// $before = $sets | Search-FeatureMatrix | Measure-RetrievalAccuracy
/// $after = $sets | Invoke-GnnReRank | Measure-RetrievalAccuracy
/// ($after | Compare-RetrievalAccuracy -Reference $before -Top 5).MostLost</code>
/// <para>Lists the five queries whose average precision fell most. Property Queries holds all of them.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "RetrievalAccuracy")]
[OutputType(typeof(RetrievalComparison))]
public sealed class CompareRetrievalAccuracyCommand : ComputeCommand
{
    private readonly List<object?> _differences = [];

    /// <summary>What the others are compared with: a result of Measure-RetrievalAccuracy, or a ranking. Without it, the first that is given as -Difference.</summary>
    [Parameter(Position = 0)]
    [Alias("ReferenceObject", "Baseline", "Before")]
    [ResultNeeded]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the first that is given as -Difference")]
    [ArgumentCompleter(typeof(ResultCompleter))]
    public object[]? Reference { get; set; }

    /// <summary>The results, or rankings, to compare with the reference.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ResultNeeded]
    [Alias("DifferenceObject", "InputObject", "After")]
    [ArgumentCompleter(typeof(ResultCompleter))]
    public object[] Difference { get; set; } = [];

    /// <summary>How rankings are measured: a protocol, or a data set that it evaluates, such as SOP or ROxford5k.</summary>
    [Parameter]
    [ProtocolName]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    [PSDefaultValue(Help = "that of the results beside it, else " + ProtocolCommand.UsualProtocol)]
    public string? Protocol { get; set; }

    /// <summary>For rankings: the lists of a benchmark that has no labels, a GroundTruth, or a data set that has one.</summary>
    [Parameter]
    [PSDefaultValue(Help = "none: labels and cameras say which images are good")]
    [ArgumentCompleter(typeof(TruthCompleter))]
    public object? GroundTruth { get; set; }

    /// <summary>The difference is called a gain or a loss where its p-value is below this.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double Alpha { get; set; } = new ComparisonSettings().Alpha;

    /// <summary>How many bootstrap samples the interval is taken from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Bootstrap { get; set; } = new ComparisonSettings().Bootstrap;

    /// <summary>What the bootstrap and the randomization test start from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Seed { get; set; }

    /// <summary>How many of the most gained and the most lost queries are listed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Top { get; set; } = new ComparisonSettings().Top;

    private protected override void Process() => _differences.AddRange(Difference);

    private protected override void End()
    {
        EvaluationSettings measuring = MeasuringSettings();
        List<RetrievalAccuracy> references = [];
        foreach (RetrievalAccuracy reference in (Reference ?? []).SelectMany(given => Measured(given, measuring)))
        {
            references.Add(Counterpart(references, reference) is null ? reference : throw Errors.SeveralReferences());
        }

        int compared = 0;
        foreach (RetrievalAccuracy result in _differences.SelectMany(given => Measured(given, measuring)))
        {
            RetrievalAccuracy? reference = Counterpart(references, result) ?? (Reference is null ? null : references[0]);
            if (reference is null)
            {
                references.Add(result);
                continue;
            }

            Compare(reference, result);
            compared++;
        }

        if (compared == 0)
        {
            throw Errors.NothingToCompare(references.Count);
        }
    }

    private void Compare(RetrievalAccuracy reference, RetrievalAccuracy result)
    {
        ComparisonSettings settings = new() { Alpha = Alpha, Bootstrap = Bootstrap, Seed = Seed, Top = Top };
        Attempt(result, () => WriteObject(Run(options => RetrievalComparer.Compare(reference, result, settings, options))));
    }

    /// <summary>What a result is compared with: of the revisited benchmarks, the reference of the same setup.</summary>
    private static RetrievalAccuracy? Counterpart(List<RetrievalAccuracy> references, RetrievalAccuracy result) =>
        references.Find(reference => reference.Difficulty == result.Difficulty);

    /// <summary>Rankings are measured as the results beside them were.</summary>
    private EvaluationSettings MeasuringSettings()
    {
        TruthArgument truth = TruthArgument.Of(GroundTruth);
        RetrievalAccuracy? model = (Reference ?? []).Concat(_differences).Select(FeatureValues.Unwrap).OfType<RetrievalAccuracy>().FirstOrDefault();
        return new EvaluationSettings
        {
            Protocol = string.IsNullOrEmpty(Protocol) && model is not null ? model.Protocol : truth.ProtocolOr(Protocol),
            ApKind = model?.ApKind,
            Divisor = model?.Divisor,
            Draws = model?.Draws,
            Difficulty = model?.Difficulty,
            Seed = model?.Seed ?? 0,
            GroundTruth = truth.Truth,
        };
    }

    private IReadOnlyList<RetrievalAccuracy> Measured(object? given, EvaluationSettings settings)
    {
        Target = given;
        return FeatureValues.Unwrap(given) switch
        {
            RetrievalAccuracy accuracy => [accuracy],
            Ranking ranking => Run(options => RetrievalEvaluator.MeasureAll(ranking, settings, options)),
            object other => throw Errors.NotAResult(other),
            null => throw Errors.NotAResult(null),
        };
    }
}
