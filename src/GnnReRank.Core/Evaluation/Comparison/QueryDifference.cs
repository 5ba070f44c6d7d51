using System.Diagnostics;

namespace GnnReRank;

/// <summary>What two results make of one query. Average precisions are null for a query without a good image.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record QueryDifference
{
    /// <summary>0-based query row.</summary>
    public required int QueryIndex { get; init; }

    /// <summary>The query's name, or null where unknown.</summary>
    public string? QueryName { get; init; }

    /// <summary>The query's label, or null where unknown.</summary>
    public long? QueryLabel { get; init; }

    /// <summary>Average precision of the reference, in [0, 1].</summary>
    public double? Before { get; init; }

    /// <summary>Average precision of the other result, in [0, 1].</summary>
    public double? After { get; init; }

    /// <summary><see cref="After"/> less <see cref="Before"/>; exactly 0 where they differ by rounding alone.</summary>
    public double? Difference { get; init; }

    /// <summary>1-based rank of the reference's first good image, junk removed; null where its list holds none.</summary>
    public int? FirstMatchBefore { get; init; }

    /// <summary>The same of the other result.</summary>
    public int? FirstMatchAfter { get; init; }

    /// <summary>A line for people, in percent.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"query {QueryIndex}{(QueryName is null ? "" : $" {DisplayText.Of(QueryName)}")}: AP {100 * Before:F2} to {100 * After:F2} % ({100 * Difference:+0.00;-0.00;0.00})");
}
