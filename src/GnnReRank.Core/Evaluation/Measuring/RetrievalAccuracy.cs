using System.Diagnostics;

namespace GnnReRank;

/// <summary>The accuracy of a ranking: fractions in [0, 1], with the protocol, AP kind and divisor that made them.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RetrievalAccuracy
{
    internal RetrievalAccuracy()
    {
    }

    /// <summary>Mean average precision of whole lists; null for lists cut at <see cref="Depth"/>: see <see cref="mAPAtDepth"/>.</summary>
    public double? mAP { get; internal init; }

    /// <summary>mAP@N: mean average precision of lists cut at N = <see cref="Depth"/>, and GLDv2's mAP@100; null for whole lists.</summary>
    public double? mAPAtDepth { get; internal init; }

    /// <summary>"mAP" for whole lists, "mAP@N" for lists cut at N.</summary>
    public required string MeanName { get; init; }

    /// <summary>Mean inverse negative penalty: good images / rank of the last one; null where cut lists do not hold every good image.</summary>
    public double? mINP { get; internal init; }

    /// <summary>MAP@R of the leave-one-out protocol: average precision over the first R ranks, R being the number of good images; null for other protocols.</summary>
    public double? MapAtR { get; internal init; }

    /// <summary>R-precision of the leave-one-out protocol: the share of good images among the first R; null for other protocols.</summary>
    public double? RPrecision { get; internal init; }

    /// <summary>University-1652's "top 1 %": CMC at 0-based index round(0.01 x gallery); null for other protocols.</summary>
    public double? RecallAtOnePercent { get; internal init; }

    /// <summary>mP@k of the revisited benchmarks at k = 1, 5 and 10; empty for other protocols.</summary>
    public IReadOnlyList<PrecisionAtRank> MeanPrecisions { get; internal init => field = PublicList.Of(value); } = [];

    /// <summary>The setup of the revisited benchmarks; null for other protocols.</summary>
    public Difficulty? Difficulty { get; internal init; }

    /// <summary>How many galleries the single-shot protocols drew; null for other protocols.</summary>
    public int? Draws { get; internal init; }

    /// <summary>What the draws and the bootstrap started from; null where nothing was drawn.</summary>
    public int? Seed { get; internal init; }

    /// <summary>The 95 % bootstrap interval of the mean average precision; null where none was asked for.</summary>
    public ConfidenceInterval? MeanInterval { get; internal init; }

    /// <summary>The 95 % bootstrap interval of <see cref="Rank1"/>; null where none was asked for.</summary>
    public ConfidenceInterval? Rank1Interval { get; internal init; }

    /// <summary>CMC at rank 1: the share of queries whose first image is good.</summary>
    public double? Rank1 => At(1);

    /// <summary>CMC at rank 5.</summary>
    public double? Rank5 => At(5);

    /// <summary>CMC at rank 10.</summary>
    public double? Rank10 => At(10);

    /// <summary>CMC at rank 20.</summary>
    public double? Rank20 => At(20);

    /// <summary>The cumulative matching curve: element r is CMC at rank r + 1, as far as the lists can tell.</summary>
    public required IReadOnlyList<double> Cmc { get; init => field = PublicList.Of(value); }

    /// <summary>The curve at the protocol's usual ranks (1, 5, 10, 20 for identities) and those asked for.</summary>
    public required IReadOnlyList<RankAccuracy> Ranks { get; init => field = PublicList.Of(value); }

    /// <summary>The number of queries.</summary>
    public required int QueryCount { get; init; }

    /// <summary>The number of queries for which the gallery holds a good image.</summary>
    public required int ValidQueryCount { get; init; }

    /// <summary>The number of gallery rows.</summary>
    public required int GalleryCount { get; init; }

    /// <summary>How many queries stand in the gallery themselves, and had their own image left out of their list as junk.</summary>
    public int OwnImageCount { get; internal init; }

    /// <summary>How many ranks of each list were measured: its length, that of the longest where they differ, or GLDv2's 100.</summary>
    public required int Depth { get; init; }

    /// <summary>Which images were good and which were junk.</summary>
    public required EvaluationProtocol Protocol { get; init; }

    /// <summary>The kind of average precision.</summary>
    public required ApKind ApKind { get; init; }

    /// <summary>What the sums over queries were divided by.</summary>
    public required QueryDivisor Divisor { get; init; }

    /// <summary>What made the ranking.</summary>
    public required RankingSettings Settings { get; init; }

    /// <summary>One entry a query, in their order.</summary>
    public required IReadOnlyList<QueryAccuracy> PerQuery { get; init => field = PublicList.Of(value); }

    /// <summary>CMC at a rank; null past the curve's end.</summary>
    /// <param name="rank">1-based rank.</param>
    public double? At(int rank) => rank >= 1 && rank <= Cmc.Count ? Cmc[rank - 1] : null;

    /// <summary>A line for people, in percent.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{MeanName} {mAP ?? mAPAtDepth:P2}, R@1 {Rank1:P2} ({Settings}; {Protocol}{(Difficulty is null ? string.Empty : $" {Difficulty}")}, {ApKind} AP, {ValidQueryCount:N0} of {QueryCount:N0} queries valid{(OwnImageCount > 0 ? $", {OwnImageCount:N0} own images left out" : string.Empty)})");
}
