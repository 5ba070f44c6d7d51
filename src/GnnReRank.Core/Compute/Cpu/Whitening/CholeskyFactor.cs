using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Whitening;

/// <summary>
/// The inverse of the Cholesky factor of a symmetric, positive definite matrix, in float64. Sums run in one order,
/// whatever the number of threads and the width of registers.
/// </summary>
/// <remarks>
/// Written here, as the library at hand takes minutes for what takes seconds at 2,048 columns, on threads of its own
/// and without a stop in between.
/// </remarks>
internal static class CholeskyFactor
{
    // Rows of a block, against which all rows below are multiplied: at 2,048 columns they stay in the second-level
    // cache.
    private const int Block = 48;

    /// <summary>L^-1, where A = L L^T.</summary>
    /// <param name="matrix">A, d x d and row-major; its lower half is read, and overwritten by L.</param>
    /// <param name="dimension">d.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>d x d: row c is column c of L^-1.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static float[] InverseOf(double[] matrix, int dimension, ComputeOptions options)
    {
        for (int first = 0; first < dimension; first += Block)
        {
            int begin = first;
            int end = Math.Min(first + Block, dimension);
            for (int row = begin; row < end; row++)
            {
                FactorRow(matrix, dimension, row, begin, row + 1);
            }

            Workers.ForRanges(options.ThreadCount, dimension - end, Block, (from, to) =>
            {
                for (int row = end + from; row < end + to; row++)
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    FactorRow(matrix, dimension, row, begin, end);
                }
            });
        }

        float[] columns = new float[matrix.Length];
        Workers.ForRanges(
            options.ThreadCount, dimension, Block,
            (from, to) => Invert(matrix, dimension, from, to, columns, options.CancellationToken));
        return columns;
    }

    /// <summary>L_ij of a row, for columns [from, to): (A_ij - the sum of L_ik L_jk over k below j) / L_jj.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FactorRow(double[] matrix, int dimension, int row, int from, int to)
    {
        Span<double> own = matrix.AsSpan(row * dimension, dimension);
        for (int column = from; column < to; column++)
        {
            ReadOnlySpan<double> other = matrix.AsSpan(column * dimension, dimension);
            double rest = own[column] - Dot(own[..column], other[..column]);
            own[column] = column == row ? Math.Sqrt(rest) : rest / other[column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // Four sums, for one would wait for itself. Not fused: the last bit would depend on the processor.
        int width = Vector256<double>.Count;
        Vector256<double> first = default, second = default, third = default, fourth = default;
        int column = 0;
        for (; column + (4 * width) <= a.Length; column += 4 * width)
        {
            first += Vector256.Create(a[column..]) * Vector256.Create(b[column..]);
            second += Vector256.Create(a[(column + width)..]) * Vector256.Create(b[(column + width)..]);
            third += Vector256.Create(a[(column + (2 * width))..]) * Vector256.Create(b[(column + (2 * width))..]);
            fourth += Vector256.Create(a[(column + (3 * width))..]) * Vector256.Create(b[(column + (3 * width))..]);
        }

        Vector256<double> all = (first + second) + (third + fourth);
        double sum = (all[0] + all[1]) + (all[2] + all[3]);
        for (; column < a.Length; column++)
        {
            sum += a[column] * b[column];
        }

        return sum;
    }

    /// <summary>
    /// Columns [from, to) of L^-1, row after row: row i is (e_i - the sum of L_ik times row k) / L_ii.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Invert(
        double[] factor, int dimension, int from, int to, float[] columns, CancellationToken cancellationToken)
    {
        int width = to - from;
        double[] rows = new double[(dimension - from) * width];
        for (int row = from; row < dimension; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> weights = factor.AsSpan(row * dimension, dimension);
            Span<double> sum = rows.AsSpan((row - from) * width, width);
            if (row < to)
            {
                sum[row - from] = 1;
            }

            for (int other = from; other < row; other++)
            {
                Subtract(rows.AsSpan((other - from) * width, width), weights[other], sum);
            }

            for (int column = 0; column < width; column++)
            {
                sum[column] /= weights[row];
                columns[((from + column) * dimension) + row] = (float)sum[column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(ReadOnlySpan<double> row, double weight, Span<double> sum)
    {
        int column = 0;
        for (; column + Vector256<double>.Count <= sum.Length; column += Vector256<double>.Count)
        {
            Vector256<double> scaled = Vector256.Create(row[column..]) * weight;
            (Vector256.Create<double>(sum[column..]) - scaled).CopyTo(sum[column..]);
        }

        for (; column < sum.Length; column++)
        {
            sum[column] -= row[column] * weight;
        }
    }
}
