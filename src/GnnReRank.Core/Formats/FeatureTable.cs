using GnnReRank.Storage;

namespace GnnReRank.Formats;

/// <summary>Features as a reader found them, before they are checked and become a <see cref="FeatureMatrix"/>.</summary>
internal sealed record FeatureTable
{
    /// <summary>The values; the table gives them away.</summary>
    public required FeatureStorage Storage { get; init; }

    public int RowCount => Storage.RowCount;

    public long[]? Labels { get; init; }

    public int[]? Cameras { get; init; }

    public string[]? Names { get; init; }

    public FeatureRole Role { get; init; }

    /// <summary>What a person should check of how the file was understood.</summary>
    public string? Warning { get; init; }

    /// <summary>A copy of some rows, in another role.</summary>
    public FeatureTable Pick(int[] rows, FeatureRole role) => this with
    {
        Storage = Storage.Pick(rows),
        Labels = Picked(Labels, rows),
        Cameras = Picked(Cameras, rows),
        Names = Picked(Names, rows),
        Role = role,
    };

    private static T[]? Picked<T>(T[]? column, int[] rows) => column is null ? null : Array.ConvertAll(rows, row => column[row]);
}
