namespace GnnReRank.Formats;

/// <summary>Features as a reader found them, before they are checked and become a <see cref="FeatureMatrix"/>.</summary>
internal sealed class FeatureTable
{
    /// <summary>RowCount x Dimension values, row-major; the table gives them away.</summary>
    public required float[] Values { get; init; }

    public required int RowCount { get; init; }

    public required int Dimension { get; init; }

    public long[]? Labels { get; init; }

    public int[]? Cameras { get; init; }

    public string[]? Names { get; init; }

    public FeatureRole Role { get; init; }
}
