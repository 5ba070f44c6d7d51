using System.Diagnostics;

namespace GnnReRank;

/// <summary>One image of a query's list, with what it is to the query.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record RankedImage
{
    /// <summary>1-based place in the list; junk has places too.</summary>
    public required int Rank { get; init; }

    /// <summary>Its 1-based place in the list before; null where there is no such list, or it was cut before this image.</summary>
    public int? RankBefore { get; init; }

    /// <summary>0-based gallery row.</summary>
    public required int GalleryIndex { get; init; }

    /// <summary>The ranking's score.</summary>
    public required float Score { get; init; }

    /// <summary>Good, junk or negative (wrong); null where no labels say so.</summary>
    public Relevance? Relevance { get; init; }

    /// <summary>The image's name, or null where unknown.</summary>
    public string? GalleryName { get; init; }

    /// <summary>The image's label, or null where unknown.</summary>
    public long? GalleryLabel { get; init; }

    /// <summary>The image's label for people: its text where labels were texts; null where unknown.</summary>
    public string? GalleryLabelText { get; init; }

    /// <summary>The image's camera, or null where unknown.</summary>
    public int? GalleryCamera { get; init; }

    /// <summary>A word and a sign: "+ good", "x wrong", "~ junk", or nothing where unknown.</summary>
    public string Mark => Relevance switch
    {
        GnnReRank.Relevance.Good => "+ good",
        GnnReRank.Relevance.Negative => "x wrong",
        GnnReRank.Relevance.Junk => "~ junk",
        _ => string.Empty,
    };

    /// <summary>A line for people.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Rank}: gallery {GalleryIndex}{(GalleryName is null ? "" : $" {DisplayText.Of(GalleryName)}")} {Mark}").TrimEnd();
}
