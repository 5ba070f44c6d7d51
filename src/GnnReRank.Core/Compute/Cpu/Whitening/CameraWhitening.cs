using System.Numerics.Tensors;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Compute.Cpu.Whitening;

/// <summary>One camera's mean and P = (Y^T Y + n ridge I)^-1; Y: its n normalised rows less their mean.</summary>
/// <remarks>
/// Products are float32, from the kernels of the search: these multiply normalised rows, so norms go back in
/// afterwards. With rows of norm 1 no eigenvalue of Y^T Y exceeds n, and the ridge keeps the condition of the sum
/// below 1 + 1 / ridge.
/// </remarks>
internal sealed class CameraWhitening
{
    private readonly float[] _mean;
    private readonly FeatureMatrix _inverse;
    private readonly TileKernel _kernel;
    private readonly ComputeOptions _options;

    private CameraWhitening(float[] mean, FeatureMatrix inverse, TileKernel kernel, ComputeOptions options) =>
        (_mean, _inverse, _kernel, _options) = (mean, inverse, kernel, options);

    /// <summary>Learns it of some rows.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static CameraWhitening Learn(
        FeatureMatrix matrix, int[] rows, double ridge, TileKernel kernel, ComputeOptions options)
    {
        float[] values = Normalised(matrix, rows);
        float[] mean = MeanOf(values, rows.Length);

        // Of the rows as they are: the authors take the mean from what is whitened, and not from what it is learned of.
        float[] transposed = Transposed(values, rows.Length, mean.Length, options);
        double[] covariance = Gram(Adopted(transposed, mean.Length, rows.Length), kernel, options);
        for (int column = 0; column < mean.Length; column++)
        {
            covariance[(column * mean.Length) + column] += rows.Length * ridge;
        }

        // (L L^T)^-1 is the product of the columns of L^-1.
        float[] factor = CholeskyFactor.InverseOf(covariance, mean.Length, options);
        double[] inverse = Gram(Adopted(factor, mean.Length, mean.Length), kernel, options);
        return new CameraWhitening(
            mean, Adopted([.. inverse.Select(value => (float)value)], mean.Length, mean.Length), kernel, options);
    }

    /// <summary>Whitens rows of a matrix into the same rows of an array; their norms are of no meaning.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Apply(FeatureMatrix matrix, int[] rows, float[] target, StageReporter reporter)
    {
        float[] values = Normalised(matrix, rows);
        Centre(values, _mean);
        RowBlocks<float> products = Products(Adopted(values, rows.Length, _mean.Length), _inverse, _kernel, _options);
        float[] norms = NormsOf(_inverse);
        for (int row = 0; row < rows.Length; row++)
        {
            TensorPrimitives.Multiply(products[row], norms, target.AsSpan(rows[row] * _mean.Length, _mean.Length));
        }

        reporter.Advance(rows.Length);
    }

    private static FeatureMatrix Adopted(float[] values, int rowCount, int dimension) => FeatureMatrix.Adopt(
        new ArrayStorage<float>(values, rowCount, dimension), labels: null, cameras: null, names: null,
        FeatureRole.None, source: null, inverseNorms: null);

    /// <summary>The cosine of every row of one matrix with every row of another.</summary>
    private static RowBlocks<float> Products(
        FeatureMatrix left, FeatureMatrix right, TileKernel kernel, ComputeOptions options)
    {
        using VertexRows lefts = new(null, left);
        using VertexRows rights = new(null, right);
        return GalleryPass.Multiply(kernel, lefts, 0, lefts.Count, rights, RowBlock.CountFor(rights.Count), options);
    }

    private static double[] Gram(FeatureMatrix columns, TileKernel kernel, ComputeOptions options)
    {
        int dimension = columns.RowCount;
        RowBlocks<float> cosines = Products(columns, columns, kernel, options);
        float[] norms = NormsOf(columns);
        double[] gram = new double[FeatureMatrixChecks.ElementCount(dimension, dimension)];
        for (int row = 0; row < dimension; row++)
        {
            ReadOnlySpan<float> products = cosines[row];
            for (int column = 0; column < dimension; column++)
            {
                gram[(row * dimension) + column] = (double)products[column] * norms[row] * norms[column];
            }
        }

        return gram;
    }

    private static float[] NormsOf(FeatureMatrix matrix)
    {
        float[] norms = new float[matrix.RowCount];
        for (int row = 0; row < norms.Length; row++)
        {
            norms[row] = matrix.InverseNorms[row] == 0 ? 0 : 1 / matrix.InverseNorms[row];
        }

        return norms;
    }

    private static float[] Normalised(FeatureMatrix matrix, int[] rows)
    {
        float[] values = new float[FeatureMatrixChecks.ElementCount(rows.Length, matrix.Dimension)];
        matrix.Storage.RequireUnchanged();
        using PinnedRows pinned = matrix.Comparable.Pin();
        for (int row = 0; row < rows.Length; row++)
        {
            Span<float> target = values.AsSpan(row * matrix.Dimension, matrix.Dimension);
            pinned.CopyRow(rows[row], target);
            TensorPrimitives.Multiply(target, matrix.Factors[rows[row]], target);
        }

        return values;
    }

    // Rounded to float32, so that rows which are all the same differ from their mean by nothing.
    private static float[] MeanOf(float[] values, int rowCount)
    {
        double[] sums = new double[values.Length / rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<float> normalised = values.AsSpan(row * sums.Length, sums.Length);
            for (int column = 0; column < sums.Length; column++)
            {
                sums[column] += normalised[column];
            }
        }

        return [.. sums.Select(sum => (float)(sum / rowCount))];
    }

    private static void Centre(float[] values, float[] mean)
    {
        for (int start = 0; start < values.Length; start += mean.Length)
        {
            Span<float> row = values.AsSpan(start, mean.Length);
            TensorPrimitives.Subtract(row, mean, row);
        }
    }

    private static float[] Transposed(float[] values, int rowCount, int dimension, ComputeOptions options)
    {
        float[] transposed = new float[values.Length];
        Workers.ForRanges(options.ThreadCount, dimension, 16, (from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            for (int row = 0; row < rowCount; row++)
            {
                for (int column = from; column < to; column++)
                {
                    transposed[(column * rowCount) + row] = values[(row * dimension) + column];
                }
            }
        });
        return transposed;
    }
}
