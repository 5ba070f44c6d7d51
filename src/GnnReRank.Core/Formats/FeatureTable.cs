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

    /// <summary>What a person should check of how the file was understood.</summary>
    public string? Warning { get; init; }

    /// <summary>A copy of some rows, in another role.</summary>
    public FeatureTable Pick(int[] rows, FeatureRole role)
    {
        float[] values = new float[FeatureMatrixChecks.ElementCount(rows.Length, Dimension)];
        for (int row = 0; row < rows.Length; row++)
        {
            Values.AsSpan(rows[row] * Dimension, Dimension).CopyTo(values.AsSpan(row * Dimension));
        }

        return new FeatureTable
        {
            Values = values,
            RowCount = rows.Length,
            Dimension = Dimension,
            Labels = Picked(Labels, rows),
            Cameras = Picked(Cameras, rows),
            Names = Picked(Names, rows),
            Role = role,
            Warning = Warning,
        };
    }

    private static T[]? Picked<T>(T[]? column, int[] rows) => column is null ? null : Array.ConvertAll(rows, row => column[row]);
}
