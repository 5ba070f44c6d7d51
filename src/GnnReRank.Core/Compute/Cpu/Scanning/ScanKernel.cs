using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GnnReRank.Compute.Cpu.Scanning;

/// <summary>
/// Sixteen rows with a few queries: a line of each row is transposed in registers, so that every pair is one chain of
/// multiply-adds from the first column to the last, as in the tile kernels.
/// </summary>
internal static unsafe class ScanKernel
{
    /// <summary>Rows side by side.</summary>
    public const int Rows = 16;

    /// <summary>The most queries of one call.</summary>
    public const int MostQueries = 8;

    private const int Line = 16;

    /// <summary>Whether this processor has the registers.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Multiplies.</summary>
    /// <param name="rows">The first value of each of sixteen rows.</param>
    /// <param name="scales">What each row is multiplied by.</param>
    /// <param name="queries">The normalised queries, one after the other.</param>
    /// <param name="queryCount">How many, 1 to <see cref="MostQueries"/>.</param>
    /// <param name="dimension">The number of columns.</param>
    /// <param name="sums">Receives sixteen cosines a query.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float** rows, float* scales, float* queries, int queryCount, int dimension, float* sums)
    {
        float* lines = stackalloc float[Rows * Line];
        Vector512<float> zero = Vector512<float>.Zero;
        for (int query = 0; query < queryCount; query++)
        {
            zero.Store(sums + (query * Rows));
        }

        int column = 0;
        for (; column + Line <= dimension; column += Line)
        {
            Transpose(rows, scales, column, lines);
            AddLine(lines, Line, queries + column, queryCount, dimension, sums);
        }

        if (column < dimension)
        {
            for (int left = column; left < dimension; left++)
            {
                for (int row = 0; row < Rows; row++)
                {
                    lines[((left - column) * Rows) + row] = rows[row][left] * scales[row];
                }
            }

            AddLine(lines, dimension - column, queries + column, queryCount, dimension, sums);
        }
    }

    /// <summary>Goes on with the chains of all queries over some columns; two queries at a time hide each other's wait.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLine(
        float* lines, int columns, float* queries, int queryCount, int dimension, float* sums)
    {
        int query = 0;
        for (; query + 4 <= queryCount; query += 4)
        {
            float* a = queries + ((nint)query * dimension);
            float* b = a + dimension;
            float* c = b + dimension;
            float* d = c + dimension;
            float* sum = sums + (query * Rows);
            Vector512<float> sumA = Vector512.Load(sum);
            Vector512<float> sumB = Vector512.Load(sum + Rows);
            Vector512<float> sumC = Vector512.Load(sum + (2 * Rows));
            Vector512<float> sumD = Vector512.Load(sum + (3 * Rows));
            for (int column = 0; column < columns; column++)
            {
                Vector512<float> values = Vector512.Load(lines + (column * Rows));
                sumA = Avx512F.FusedMultiplyAdd(Vector512.Create(a[column]), values, sumA);
                sumB = Avx512F.FusedMultiplyAdd(Vector512.Create(b[column]), values, sumB);
                sumC = Avx512F.FusedMultiplyAdd(Vector512.Create(c[column]), values, sumC);
                sumD = Avx512F.FusedMultiplyAdd(Vector512.Create(d[column]), values, sumD);
            }

            sumA.Store(sum);
            sumB.Store(sum + Rows);
            sumC.Store(sum + (2 * Rows));
            sumD.Store(sum + (3 * Rows));
        }

        for (; query < queryCount; query++)
        {
            float* a = queries + ((nint)query * dimension);
            float* sum = sums + (query * Rows);
            Vector512<float> sumA = Vector512.Load(sum);
            for (int column = 0; column < columns; column++)
            {
                sumA = Avx512F.FusedMultiplyAdd(
                    Vector512.Create(a[column]), Vector512.Load(lines + (column * Rows)), sumA);
            }

            sumA.Store(sum);
        }
    }

    /// <summary>Sixteen columns of sixteen rows, each times its scale, column by column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float** rows, float* scales, int column, float* lines)
    {
        for (int quarter = 0; quarter < Rows; quarter += 4)
        {
            // Four rows: each of the sixteen columns as four values that belong together.
            Vector512<float> a = Vector512.Load(rows[quarter] + column) * Vector512.Create(scales[quarter]);
            Vector512<float> b = Vector512.Load(rows[quarter + 1] + column) * Vector512.Create(scales[quarter + 1]);
            Vector512<float> c = Vector512.Load(rows[quarter + 2] + column) * Vector512.Create(scales[quarter + 2]);
            Vector512<float> d = Vector512.Load(rows[quarter + 3] + column) * Vector512.Create(scales[quarter + 3]);
            Vector512<double> abLow = Avx512F.UnpackLow(a, b).AsDouble();
            Vector512<double> abHigh = Avx512F.UnpackHigh(a, b).AsDouble();
            Vector512<double> cdLow = Avx512F.UnpackLow(c, d).AsDouble();
            Vector512<double> cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
            Scatter(Avx512F.UnpackLow(abLow, cdLow).AsSingle(), lines + quarter);
            Scatter(Avx512F.UnpackHigh(abLow, cdLow).AsSingle(), lines + quarter + Line);
            Scatter(Avx512F.UnpackLow(abHigh, cdHigh).AsSingle(), lines + quarter + (2 * Line));
            Scatter(Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle(), lines + quarter + (3 * Line));
        }
    }

    /// <summary>Columns c, c + 4, c + 8 and c + 12 of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(Vector512<float> values, float* target)
    {
        values.GetLower().GetLower().Store(target);
        values.GetLower().GetUpper().Store(target + (4 * Line));
        values.GetUpper().GetLower().Store(target + (8 * Line));
        values.GetUpper().GetUpper().Store(target + (12 * Line));
    }
}
