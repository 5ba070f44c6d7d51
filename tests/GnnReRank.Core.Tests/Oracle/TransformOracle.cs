namespace GnnReRank.Tests.Oracle;

/// <summary>
/// Centring by camera and principal components as their definitions say them, in float64 and without a library.
/// </summary>
internal static class TransformOracle
{
    public static double[][] Rows(FeatureMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.RowCount).Select(
        row => matrix.GetRow(row).Select(value => (double)value).ToArray())];

    public static double[] Normalised(double[] row)
    {
        double norm = Math.Sqrt(row.Sum(value => value * value));
        return norm == 0 ? row : [.. row.Select(value => value / norm)];
    }

    public static double[] Mean(IEnumerable<double[]> rows)
    {
        double[][] all = [.. rows];
        return [.. Enumerable.Range(0, all[0].Length).Select(column => all.Average(row => row[column]))];
    }

    /// <summary>normalise(x - m), m the mean of the normalised rows of x's camera.</summary>
    public static double[][] Centred(double[][] rows, int[] cameras)
    {
        double[][] unit = [.. rows.Select(Normalised)];
        Dictionary<int,
            double[]> means = cameras.Distinct().ToDictionary(
            camera => camera, camera => Mean(unit.Where((_, row) => cameras[row] == camera)));
        return [.. unit.Select(
            (row, index) => Normalised([.. row.Zip(means[cameras[index]], (value, mean) => value - mean)]))];
    }

    /// <summary>Eigenvalues, descending, and eigenvectors of the rows' covariance, by Jacobi's rotations.</summary>
    public static (double[] Values, double[][] Vectors) Components(double[][] rows)
    {
        double[] mean = Mean(rows);
        int n = mean.Length;
        double[,] a = new double[n, n];
        double[,] v = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            v[i, i] = 1;
            for (int j = 0; j < n; j++)
            {
                a[i, j] = rows.Sum(row => (row[i] - mean[i]) * (row[j] - mean[j])) / (rows.Length - 1);
            }
        }

        for (int sweep = 0; sweep < 60; sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(a, v, p, q);
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[i, i])];
        return ([.. order.Select(i => a[i, i])],
            [.. order.Select(i => Turned([.. Enumerable.Range(0, n).Select(k => v[k, i])]))]);
    }

    private static double[] Turned(double[] vector) =>
        vector.MaxBy(Math.Abs) < 0 ? [.. vector.Select(value => -value)] : vector;

    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        if (a[p, q] == 0)
        {
            return;
        }

        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        int n = a.GetLength(0);
        for (int k = 0; k < n; k++)
        {
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        }

        for (int k = 0; k < n; k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
            (v[k, p], v[k, q]) = ((c * v[k, p]) - (s * v[k, q]), (s * v[k, p]) + (c * v[k, q]));
        }
    }
}
