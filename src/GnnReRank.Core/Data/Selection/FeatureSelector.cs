namespace GnnReRank;

/// <summary>Makes smaller matrices of a feature matrix.</summary>
public static class FeatureSelector
{
    /// <summary>A copy, in memory, of some rows and columns; precision, role and source stay.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rows">The rows; null takes all.</param>
    /// <param name="columns">0-based columns, taken in ascending order and each once; null takes all.</param>
    /// <exception cref="GnnReRankException">The selection does not fit the matrix, or takes nothing of it.</exception>
    public static FeatureMatrix Select(FeatureMatrix matrix, RowSelection? rows, IReadOnlyList<int>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        string subject = matrix.Source is string source ? $"'{source}'" : $"The matrix ({matrix})";
        int[] picked = RowSelector.Rows(
            rows ?? new RowSelection(), matrix.LabelArray, matrix.CameraArray, matrix.NameArray, matrix.RowCount, subject);
        int[]? wanted = ColumnSelection.Of(columns, matrix.Dimension, subject);
        return FeatureMatrix.Adopt(
            matrix.Storage.Pick(picked, wanted),
            Picked(matrix.LabelArray, picked),
            Picked(matrix.CameraArray, picked),
            Picked(matrix.NameArray, picked),
            matrix.Role,
            matrix.Source,
            inverseNorms: wanted is null ? Norms(matrix, picked) : null,
            matrix.LabelNames);
    }

    private static T[]? Picked<T>(T[]? values, int[] rows) => values is null ? null : Array.ConvertAll(rows, row => values[row]);

    private static float[] Norms(FeatureMatrix matrix, int[] rows)
    {
        ReadOnlySpan<float> all = matrix.InverseNorms;
        float[] norms = new float[rows.Length];
        for (int place = 0; place < rows.Length; place++)
        {
            norms[place] = all[rows[place]];
        }

        return norms;
    }
}
