namespace GnnReRank;

/// <summary>One (query, rank) of a ranking, flat: made for filters, tables and exports.</summary>
public sealed record RankingEntry
{
    /// <summary>0-based query row.</summary>
    public required int QueryIndex { get; init; }

    /// <summary>The query's name, or null where unknown.</summary>
    public string? QueryName { get; init; }

    /// <summary>The query's label, or null where unknown.</summary>
    public long? QueryLabel { get; init; }

    /// <summary>The query's label for people: its text where labels were texts; null where unknown.</summary>
    public string? QueryLabelText { get; init; }

    /// <summary>1-based rank.</summary>
    public required int Rank { get; init; }

    /// <summary>0-based gallery row.</summary>
    public required int GalleryIndex { get; init; }

    /// <summary>The gallery image's name, or null where unknown.</summary>
    public string? GalleryName { get; init; }

    /// <summary>The gallery image's label, or null where unknown.</summary>
    public long? GalleryLabel { get; init; }

    /// <summary>The gallery image's label for people: its text where labels were texts; null where unknown.</summary>
    public string? GalleryLabelText { get; init; }

    /// <summary>The score; higher is better.</summary>
    public required float Score { get; init; }

    /// <summary>Whether query and gallery image have the same label; null where either is unknown.</summary>
    public bool? IsMatch { get; init; }

    /// <summary>A line for people.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"query {QueryIndex}{Named(QueryName)}, rank {Rank}: gallery {GalleryIndex}{Named(GalleryName)} {Score}");

    private static string Named(string? name) => name is null ? string.Empty : $" {DisplayText.Of(name)}";
}
