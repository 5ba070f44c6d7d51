using System.Diagnostics;

namespace GnnReRank;

/// <summary>Settings of a method that were tried on labelled queries, and how they did.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ParameterTrial
{
    internal ParameterTrial()
    {
    }

    /// <summary>Whether these settings won: the best score of those that were tried to the end.</summary>
    public required bool IsBest { get; init; }

    /// <summary>The settings.</summary>
    public required MethodSettings Settings { get; init; }

    /// <summary>The name of the method: "Cosine", "GNN".</summary>
    public string Method => Settings.Method;

    /// <summary>The figure that <see cref="Score"/> is.</summary>
    public required TuningMetric Metric { get; init; }

    /// <summary>The figure over the choosing queries that were asked, in [0, 1]; null where the settings failed.</summary>
    public required double? Score { get; init; }

    /// <summary>How many choosing queries were asked in the last round that these settings reached.</summary>
    public required int QueryCount { get; init; }

    /// <summary>The last round that these settings reached, from 1; only scores of one round compare.</summary>
    public required int Round { get; init; }

    /// <summary>How many rounds there were.</summary>
    public required int RoundCount { get; init; }

    /// <summary>The time of all its re-rankings in seconds; the search for neighbours, which all share, is not in it.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why there is no score; null where there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>The winner's figure over the judging queries, whose identities chose nothing; null for others.</summary>
    public double? Judged { get; init; }

    /// <summary>Its 95 % bootstrap interval; null for others, and for a figure that has none.</summary>
    public ConfidenceInterval? JudgedInterval { get; init; }

    /// <summary>The winner compared with the cosine over the judging queries; null for others, and where cosine won.</summary>
    public RetrievalComparison? Comparison { get; init; }

    /// <summary>The method and its parameters by the names of Invoke-ReRank, ready for splatting.</summary>
    public ParameterTable Parameters => field ??= new ParameterTable(Settings);

    /// <summary>The result in a sentence.</summary>
    public string Summary
    {
        get
        {
            string score = Score is double value ? FormattableString.Invariant($"{Name} {value:P2} over {QueryCount:N0} choosing queries") : $"no score: {Reason}";
            string judged = Judged is double found
                ? FormattableString.Invariant($"; {found:P2} over queries that chose nothing{(JudgedInterval is null ? string.Empty : $" (95 %: {JudgedInterval})")}")
                : string.Empty;
            string against = Comparison is null ? string.Empty : $"; against cosine {Comparison.Summary}";
            return $"{Settings}: {score}{judged}{against}".TrimEnd('.') + ".";
        }
    }

    private string Name => Metric == TuningMetric.Rank1 ? "R@1" : Metric.ToString();

    /// <summary>As <see cref="Summary"/>.</summary>
    public override string ToString() => Summary;
}
