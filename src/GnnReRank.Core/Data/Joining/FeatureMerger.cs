using GnnReRank.Storage;

namespace GnnReRank;

/// <summary>Averages rows that belong together.</summary>
public static class FeatureMerger
{
    private const int GroupsPerReport = 256;

    /// <summary>One row for each group: the mean of its rows.</summary>
    /// <param name="matrix">The rows; it must know what they are grouped by.</param>
    /// <param name="grouping">What makes a group; null takes label and camera where cameras are known, else the label.</param>
    /// <param name="normalize">Whether each row is divided by its L2 norm before it is averaged, so that each weighs the same; zeros stay zeros.</param>
    /// <param name="options">Progress and cancellation; null takes the defaults.</param>
    /// <returns>
    /// Float32 rows in the order in which groups first appear, with the label, the camera and the name of each group's first row; cameras
    /// are left out where groups go by the label alone, and so have several. Rows labelled -1 (junk) are of no group, and stay rows of
    /// their own, unless groups go by name. The mean itself is not normalised: cosines do not need it.
    /// </returns>
    /// <remarks>Sums are taken in float64, in the order of the rows.</remarks>
    /// <exception cref="GnnReRankException">The matrix does not know what it is grouped by, or rows of one name differ in label or camera.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static FeatureMatrix Merge(FeatureMatrix matrix, FeatureGrouping? grouping = null, bool normalize = true, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        options ??= ComputeOptions.Default;
        FeatureGrouping by = grouping ?? (matrix.HasCameras ? FeatureGrouping.LabelAndCamera : FeatureGrouping.Label);
        matrix.Storage.RequireUnchanged();
        int[][] groups = RowGroups.Of(matrix, by);
        float[] values = new float[FeatureMatrixChecks.ElementCount(groups.Length, matrix.Dimension)];
        float[] row = new float[matrix.Dimension];
        double[] sum = new double[matrix.Dimension];
        for (int group = 0; group < groups.Length; group++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            if (group % GroupsPerReport == 0)
            {
                options.Progress?.Report(new StageProgress("Averaging rows", group, groups.Length, "groups"));
            }

            Average(matrix, groups[group], normalize, row, sum, values.AsSpan(group * matrix.Dimension, matrix.Dimension));
        }

        int[] firsts = Array.ConvertAll(groups, group => group[0]);
        return FeatureMatrix.Adopt(
            new ArrayStorage<float>(values, groups.Length, matrix.Dimension),
            Picked(matrix.LabelArray, firsts),
            by == FeatureGrouping.Label ? null : Picked(matrix.CameraArray, firsts),
            Picked(matrix.NameArray, firsts),
            matrix.Role, matrix.Source, inverseNorms: null);
    }

    private static void Average(FeatureMatrix matrix, int[] group, bool normalize, float[] row, double[] sum, Span<float> mean)
    {
        Array.Clear(sum);
        foreach (int member in group)
        {
            matrix.Storage.CopyRows(member, 1, row);
            double scale = normalize ? InverseNorm(row) : 1;
            for (int column = 0; column < sum.Length; column++)
            {
                sum[column] += row[column] * scale;
            }
        }

        for (int column = 0; column < sum.Length; column++)
        {
            mean[column] = (float)(sum[column] / group.Length);
        }
    }

    // In float64, so that the mean of one row is its own direction to the last digit.
    private static double InverseNorm(float[] row)
    {
        double squares = 0;
        foreach (float value in row)
        {
            squares += (double)value * value;
        }

        return squares > 0 ? 1 / Math.Sqrt(squares) : 0;
    }

    private static T[]? Picked<T>(T[]? known, int[] rows) => known is null ? null : Array.ConvertAll(rows, row => known[row]);
}
