using System.Diagnostics;

namespace GnnReRank;

/// <summary>A query with the head of its list, for people to look at.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record RankedQuery
{
    /// <summary>0-based query row.</summary>
    public required int QueryIndex { get; init; }

    /// <summary>The query's name, or null where unknown.</summary>
    public string? QueryName { get; init; }

    /// <summary>The query's label, or null where unknown.</summary>
    public long? QueryLabel { get; init; }

    /// <summary>The query's label for people: its text where labels were texts; null where unknown.</summary>
    public string? QueryLabelText { get; init; }

    /// <summary>The query's camera, or null where unknown.</summary>
    public int? QueryCamera { get; init; }

    /// <summary>How many good images the gallery holds; null where nothing says which are good.</summary>
    public int? GoodCount { get; init; }

    /// <summary>Average precision of the whole list, in [0, 1]; null where it cannot be measured.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>The same of the list before; null where there is none.</summary>
    public double? AveragePrecisionBefore { get; init; }

    /// <summary>1-based rank of the first good image after junk is removed; null where the list holds none.</summary>
    public int? FirstMatchRank { get; init; }

    /// <summary>What made the list.</summary>
    public required RankingSettings Settings { get; init; }

    /// <summary>What made the list before; null where there is none.</summary>
    public RankingSettings? SettingsBefore { get; init; }

    /// <summary>The first images of the list; where they are all junk, also the first after them that is not.</summary>
    public required IReadOnlyList<RankedImage> Images { get; init => field = PublicList.Of(value); }

    /// <summary>A line for people.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"query {QueryIndex}{(QueryName is null ? "" : $" {DisplayText.Of(QueryName)}")}: {string.Concat(Images.Select(image => image.Mark.Length > 0 ? image.Mark[0] : '?'))}");
}
