using System.Collections.ObjectModel;
using GnnReRank.Storage;

namespace GnnReRank.Formats.Tables;

/// <summary>Features as a reader found them, before they are checked and become a <see cref="FeatureMatrix"/>.</summary>
internal sealed record FeatureTable
{
    /// <summary>The values; the table gives them away.</summary>
    public required FeatureStorage Storage { get; init; }

    public int RowCount => Storage.RowCount;

    public long[]? Labels { get; init; }

    /// <summary>The texts of labels that were texts; null where all were numbers.</summary>
    public ReadOnlyDictionary<long, string>? LabelNames { get; init; }

    public int[]? Cameras { get; init; }

    public string[]? Names { get; init; }

    public FeatureRole Role { get; init; }

    /// <summary>What a person should check of how the file was understood.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The first and the last column of features where these were taken as they are, without names that say so; null otherwise.</summary>
    public (string First, string Last)? UnnamedColumns { get; init; }

    /// <summary>
    /// Whether the reader has left out the rows and columns that the options do not take; otherwise that is done once it has read all.
    /// </summary>
    public bool IsSelected { get; init; }

    /// <summary>A copy of some rows, in another role.</summary>
    /// <param name="rows">0-based rows.</param>
    /// <param name="role">The role of the copy.</param>
    /// <param name="columns">0-based columns; null takes all.</param>
    public FeatureTable Pick(int[] rows, FeatureRole role, int[]? columns = null) => this with
    {
        Storage = Storage.Pick(rows, columns),
        Labels = Picked(Labels, rows),
        Cameras = Picked(Cameras, rows),
        Names = Picked(Names, rows),
        Role = role,
    };

    private static T[]? Picked<T>(T[]? column, int[] rows) => column is null ? null : Array.ConvertAll(rows, row => column[row]);
}
