using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Transforming;

/// <summary>
/// The mean and the covariance of rows, in float64. Sums go row by row, in the order of the matrices, at any number of
/// threads.
/// </summary>
internal sealed class CovarianceSum
{
    private const int RowsPerBlock = 256;

    private readonly RowSteps _steps;
    private readonly ComputeOptions _options;
    private readonly int _dimension;
    private readonly double[] _mean;

    private CovarianceSum(RowSteps steps, int dimension, ComputeOptions options)
    {
        _steps = steps;
        _options = options;
        _dimension = dimension;
        _mean = new double[dimension];
    }

    /// <summary>Takes both of rows after their steps; at least two rows.</summary>
    /// <returns>The mean row, and dimension x dimension values: sums of products over rows - 1.</returns>
    public static (double[] Mean, double[] Values) Of(
        IReadOnlyList<FeatureMatrix> matrices, RowSteps steps, ComputeOptions options)
    {
        CovarianceSum covariance = new(steps, matrices[0].Dimension, options);
        long rows = matrices.Sum(matrix => (long)matrix.RowCount);
        covariance.TakeMean(matrices, rows);
        return (covariance._mean, covariance.Values(matrices, rows));
    }

    private void TakeMean(IReadOnlyList<FeatureMatrix> matrices, long rowCount)
    {
        double[] row = new double[_dimension];
        float[] stored = new float[_dimension];
        StageReporter reporter = new(StageNames.Means, rowCount, StageUnits.Rows, _options);
        foreach (FeatureMatrix matrix in matrices)
        {
            using PinnedRows rows = matrix.Storage.Pin();
            for (int index = 0; index < matrix.RowCount; index++)
            {
                rows.CopyRow(index, stored);
                _steps.Apply(stored, matrix.CameraSpan.IsEmpty ? 0 : matrix.CameraSpan[index], row);
                DoubleRow.Add(row, _mean);
                reporter.Advance(1);
            }
        }

        DoubleRow.Divide(_mean, rowCount);
        reporter.Complete();
    }

    private double[] Values(IReadOnlyList<FeatureMatrix> matrices, long rowCount)
    {
        Panels block = new(_dimension, RowsPerBlock);
        int stride = block.Count * Panels.Width;
        double[] sums = new double[FeatureMatrixChecks.ElementCount(stride, stride)];
        StageReporter reporter = new(StageNames.Covariance, rowCount, StageUnits.Rows, _options);
        foreach (FeatureMatrix matrix in matrices)
        {
            using PinnedRows rows = matrix.Storage.Pin();
            for (int first = 0; first < matrix.RowCount; first += RowsPerBlock)
            {
                int count = Math.Min(RowsPerBlock, matrix.RowCount - first);
                Fill(block, matrix, rows, first, count);
                Workers.ForRanges(
                    _options.ThreadCount, block.Count, 1, (panel, _) => AddProducts(block, panel, count, sums, stride));
                reporter.Advance(count);
            }
        }

        reporter.Complete($"{rowCount:N0} rows x {_dimension:N0}");
        return Mirrored(sums, stride, rowCount - 1);
    }

    private void Fill(Panels block, FeatureMatrix matrix, PinnedRows rows, int first, int count)
    {
        Workers.ForRanges(_options.ThreadCount, count, 16, (from, to) =>
        {
            float[] stored = new float[_dimension];
            double[] row = new double[_dimension];
            for (int index = from; index < to; index++)
            {
                rows.CopyRow(first + index, stored);
                _steps.Apply(stored, matrix.CameraSpan.IsEmpty ? 0 : matrix.CameraSpan[first + index], row);
                System.Numerics.Tensors.TensorPrimitives.Subtract(row, _mean, row);
                block.SetEntry(index, row);
            }
        });
    }

    // The upper triangle.
    private void AddProducts(Panels block, int panel, int rows, double[] sums, int stride)
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        for (int other = panel; other < block.Count; other++)
        {
            Span<double> target = sums.AsSpan((panel * Panels.Width * stride) + (other * Panels.Width));
            block.AddProducts(panel, block, other, rows, target, stride);
        }
    }

    private double[] Mirrored(double[] sums, int stride, double divisor)
    {
        double[] values = new double[_dimension * _dimension];
        for (int row = 0; row < _dimension; row++)
        {
            for (int column = row; column < _dimension; column++)
            {
                double value = sums[(row * stride) + column] / divisor;
                values[(row * _dimension) + column] = value;
                values[(column * _dimension) + row] = value;
            }
        }

        return values;
    }
}
