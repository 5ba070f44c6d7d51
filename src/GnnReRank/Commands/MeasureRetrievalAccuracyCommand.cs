using System.Management.Automation;
using GnnReRank.Abstractions;

namespace GnnReRank.Commands;

/// <summary>Measures rankings by the field's protocols: mAP, CMC at several ranks, and mINP.</summary>
/// <remarks>
/// <para>
/// The labels, and the cameras where the protocol asks for them, are those of the ranking's own matrices. Properties hold
/// fractions from 0 to 1; tables show percent. -Protocol, -ApKind and -Divide name the choices in which published evaluation
/// codes differ, and the result says which were taken.
/// </para>
/// <para>
/// A ranking cut by -Top is measured as mAP@N, under that name: property mAPAtDepth, and mAP is empty.
/// </para>
/// <para>
/// The result also holds the whole CMC curve and a line for each query. For Export-Csv or ConvertTo-Json, take the figures
/// with Select-Object first (mAP, Rank1, mINP, Protocol, ...), and use -EnumsAsStrings for JSON; PerQuery is exported on its own.
/// </para>
/// </remarks>
/// <example>
/// <title>Measure a re-ranking</title>
/// <code>Import-FeatureMatrix market.mat -Set Query, Gallery | Invoke-GnnReRank | Measure-RetrievalAccuracy</code>
/// <para>Measures by the Market-1501 protocol, since both matrices have cameras.</para>
/// </example>
/// <example>
/// <title>As another code computes it</title>
/// <code>$ranking = Import-FeatureMatrix market.mat -Set Query, Gallery | Search-FeatureMatrix
/// $ranking | Measure-RetrievalAccuracy -ApKind Uninterpolated -Divide All -Rank 3, 50</code>
/// <para>Takes the mean of precisions, counts queries without a match as 0, and reaches for CMC at ranks 3 and 50.</para>
/// </example>
/// <example>
/// <title>The queries that went worst</title>
/// <code>$accuracy = Import-FeatureMatrix market.npz -Set Query, Gallery | Invoke-GnnReRank | Measure-RetrievalAccuracy
/// $accuracy.PerQuery | Where-Object { $_.AveragePrecision -lt 0.1 }</code>
/// <para>Shows each query whose average precision is below ten percent.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "RetrievalAccuracy")]
[OutputType(typeof(RetrievalAccuracy))]
public sealed class MeasureRetrievalAccuracyCommand : ComputeCommand
{
    /// <summary>The ranking to measure. Several through the pipeline give a result each.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public Ranking? InputObject { get; set; }

    /// <summary>Which gallery images are good and which are junk.</summary>
    [Parameter]
    [PSDefaultValue(Help = "Market1501 where both matrices have cameras, else Label")]
    public EvaluationProtocol? Protocol { get; set; }

    /// <summary>The kind of average precision.</summary>
    [Parameter]
    [PSDefaultValue(Help = "the protocol's official kind")]
    public ApKind? ApKind { get; set; }

    /// <summary>What the sums over queries are divided by: the queries that have a match in the gallery, or all.</summary>
    [Parameter]
    [Alias("Divisor")]
    [PSDefaultValue(Help = "the protocol's official divisor")]
    public QueryDivisor? Divide { get; set; }

    /// <summary>Ranks whose CMC is wanted beside 1, 5, 10 and 20: read them from the result's Ranks, or with its At method.</summary>
    [Parameter]
    public int[] Rank { get; set; } = [];

    private protected override void Process()
    {
        Ranking ranking = InputObject!;
        Target = ranking;
        EvaluationSettings settings = new() { Protocol = Protocol, ApKind = ApKind, Divisor = Divide, Ranks = Rank };
        WriteObject(Run(options => RetrievalEvaluator.Measure(ranking, settings, options)));
    }
}
