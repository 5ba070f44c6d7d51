namespace GnnReRank;

/// <summary>How well one query was answered.</summary>
public sealed record QueryAccuracy
{
    /// <summary>0-based query row.</summary>
    public required int QueryIndex { get; init; }

    /// <summary>The query's name, or null where unknown.</summary>
    public string? QueryName { get; init; }

    /// <summary>The query's label.</summary>
    public required long QueryLabel { get; init; }

    /// <summary>Whether the gallery holds a good image for it; the figures below are null otherwise.</summary>
    public bool IsValid => GoodCount > 0;

    /// <summary>How many good images the gallery holds.</summary>
    public required int GoodCount { get; init; }

    /// <summary>Average precision in [0, 1], of the list as far as it goes.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>1-based rank of the first good image after junk is removed; null where the list holds none.</summary>
    public int? FirstMatchRank { get; init; }

    /// <summary>Inverse negative penalty: good images / 1-based rank of the last one; null where the list does not hold all.</summary>
    public double? InversePenalty { get; init; }
}
