using System.Diagnostics;

namespace GnnReRank;

/// <summary>Two results of the same queries: how far the mean moved, and whether that is more than chance.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RetrievalComparison
{
    internal RetrievalComparison()
    {
    }

    /// <summary>The reference.</summary>
    public required RetrievalAccuracy Before { get; init; }

    /// <summary>What is compared with it.</summary>
    public required RetrievalAccuracy After { get; init; }

    /// <summary>"mAP" for full lists, "mAP@N" for lists cut at N.</summary>
    public string MeanName => Before.MeanName;

    /// <summary>The reference's mean average precision, in [0, 1].</summary>
    public double MeanBefore => (Before.mAP ?? Before.mAPAtDepth)!.Value;

    /// <summary>The other's.</summary>
    public double MeanAfter => (After.mAP ?? After.mAPAtDepth)!.Value;

    /// <summary>
    /// The mean of the queries' differences: <see cref="MeanAfter"/> less <see cref="MeanBefore"/>, but for drawn galleries that some
    /// queries sit out, where each query counts alike here.
    /// </summary>
    public required double MeanDifference { get; init; }

    /// <summary>Its 95 % bootstrap interval; queries are drawn with both their figures.</summary>
    public required ConfidenceInterval DifferenceInterval { get; init; }

    /// <summary>How much CMC at rank 1 moved; null where one is unknown.</summary>
    public double? Rank1Difference => After.Rank1 - Before.Rank1;

    /// <summary>How many queries' average precision rose.</summary>
    public required int GainedCount { get; init; }

    /// <summary>How many queries' average precision fell.</summary>
    public required int LostCount { get; init; }

    /// <summary>How many queries' average precision stayed; with the gained and the lost, these are the valid queries.</summary>
    public required int EqualCount { get; init; }

    /// <summary>The two-sided p-value of the mean difference, by a paired randomization test. The verdict rests on it.</summary>
    public required double PValue { get; init; }

    /// <summary>The two-sided p-value of the exact sign test: are gains as likely as losses, whatever their size?</summary>
    public required double SignTestPValue { get; init; }

    /// <summary>Below this a p-value is significant.</summary>
    public required double Alpha { get; init; }

    /// <summary>Whether <see cref="PValue"/> is below <see cref="Alpha"/>.</summary>
    public bool IsSignificant => PValue < Alpha;

    /// <summary>A gain, a loss, or noise.</summary>
    public RetrievalVerdict Verdict => !IsSignificant ? RetrievalVerdict.Noise : MeanDifference > 0 ? RetrievalVerdict.Gain : RetrievalVerdict.Loss;

    /// <summary>The verdict in a sentence.</summary>
    public string Summary => FormattableString.Invariant(
        $"{MeanName} {Points(MeanDifference)} points (95 %: {Points(DifferenceInterval.Lower)} to {Points(DifferenceInterval.Upper)}), ") +
        FormattableString.Invariant($"{GainedCount:N0} queries gained, {LostCount:N0} lost, {EqualCount:N0} equal, ") +
        $"{ValueInWords}: {VerdictInWords}.";

    /// <summary>What the bootstrap and the randomization started from.</summary>
    public required int Seed { get; init; }

    /// <summary>One entry a query, in their order.</summary>
    public required IReadOnlyList<QueryDifference> Queries { get; init => field = PublicList.Of(value); }

    /// <summary>The queries that gained most, the largest gain first.</summary>
    public required IReadOnlyList<QueryDifference> MostGained { get; init => field = PublicList.Of(value); }

    /// <summary>The queries that lost most, the largest loss first.</summary>
    public required IReadOnlyList<QueryDifference> MostLost { get; init => field = PublicList.Of(value); }

    private string ValueInWords => PValue < 0.001 ? "p < 0.001" : FormattableString.Invariant($"p = {PValue:F3}");

    private string VerdictInWords => Verdict switch
    {
        RetrievalVerdict.Gain => "a gain",
        RetrievalVerdict.Loss => "a loss",
        _ => "this is within the noise",
    };

    /// <summary>The verdict in a sentence, and what was compared.</summary>
    public override string ToString() => $"{Before.Settings} to {After.Settings}: {Summary}";

    private static string Points(double difference) => FormattableString.Invariant($"{100 * difference:+0.00;-0.00;0.00}");
}
