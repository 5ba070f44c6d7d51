using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GnnReRank.Compute.Cpu.Scanning;

/// <summary>
/// Sixty-four rows with a few queries: a line of each row is transposed in registers, so that every pair is one chain of
/// multiply-adds from the first column to the last, as in the tile kernels.
/// </summary>
internal static unsafe class ScanKernel
{
    /// <summary>Rows side by side: four registers of sums, as each waits for itself.</summary>
    public const int Rows = 4 * Lanes;

    /// <summary>The most queries of one call.</summary>
    public const int MostQueries = 8;

    private const int Lanes = 16;
    private const int Line = 16;

    // Columns that stay in the first-level cache for all rows.
    private const int Chunk = 64;

    // Which of four parts of 128 bits of two registers.
    private const byte LowHalves = 0x44;
    private const byte HighHalves = 0xEE;
    private const byte EvenParts = 0x88;
    private const byte OddParts = 0xDD;

    /// <summary>Whether this processor has the registers.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Multiplies.</summary>
    /// <param name="rows">The first value of each of <see cref="Rows"/> rows.</param>
    /// <param name="scales">What each row is multiplied by.</param>
    /// <param name="queries">The normalised queries, one after the other.</param>
    /// <param name="queryCount">How many, 1 to <see cref="MostQueries"/>.</param>
    /// <param name="dimension">The number of columns.</param>
    /// <param name="sums">Receives <see cref="Rows"/> cosines a query.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float** rows, float* scales, float* queries, int queryCount, int dimension, float* sums)
    {
        float* lines = stackalloc float[Rows * Chunk];
        new Span<float>(sums, queryCount * Rows).Clear();
        for (int column = 0; column < dimension; column += Chunk)
        {
            int columns = Math.Min(Chunk, dimension - column);
            for (int row = 0; row < Rows; row += Lanes)
            {
                Transpose(rows + row, scales + row, column, columns, lines + row);
            }

            for (int query = 0; query < queryCount; query++)
            {
                AddChunk(lines, columns, queries + ((nint)query * dimension) + column, sums + (query * Rows));
            }
        }
    }

    /// <summary>Goes on with a query's chains over some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddChunk(float* lines, int columns, float* query, float* sums)
    {
        Vector512<float> a = Vector512.Load(sums);
        Vector512<float> b = Vector512.Load(sums + Lanes);
        Vector512<float> c = Vector512.Load(sums + (2 * Lanes));
        Vector512<float> d = Vector512.Load(sums + (3 * Lanes));
        for (int column = 0; column < columns; column++)
        {
            Vector512<float> value = Vector512.Create(query[column]);
            a = Avx512F.FusedMultiplyAdd(value, Vector512.Load(lines), a);
            b = Avx512F.FusedMultiplyAdd(value, Vector512.Load(lines + Lanes), b);
            c = Avx512F.FusedMultiplyAdd(value, Vector512.Load(lines + (2 * Lanes)), c);
            d = Avx512F.FusedMultiplyAdd(value, Vector512.Load(lines + (3 * Lanes)), d);
            lines += Rows;
        }

        a.Store(sums);
        b.Store(sums + Lanes);
        c.Store(sums + (2 * Lanes));
        d.Store(sums + (3 * Lanes));
    }

    /// <summary>Some columns of sixteen rows, each times its scale, column by column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float** rows, float* scales, int first, int columns, float* lines)
    {
        int column = 0;
        for (; column + Line <= columns; column += Line)
        {
            int at = first + column;
            float* target = lines + (column * Rows);
            FourRows(
                rows + 0, scales + 0, at, out Vector512<float> a0, out Vector512<float> b0,
                out Vector512<float> c0, out Vector512<float> d0);
            FourRows(
                rows + 4, scales + 4, at, out Vector512<float> a1, out Vector512<float> b1,
                out Vector512<float> c1, out Vector512<float> d1);
            FourRows(
                rows + 8, scales + 8, at, out Vector512<float> a2, out Vector512<float> b2,
                out Vector512<float> c2, out Vector512<float> d2);
            FourRows(
                rows + 12, scales + 12, at, out Vector512<float> a3, out Vector512<float> b3,
                out Vector512<float> c3, out Vector512<float> d3);
            Store(a0, a1, a2, a3, target);
            Store(b0, b1, b2, b3, target + Rows);
            Store(c0, c1, c2, c3, target + (2 * Rows));
            Store(d0, d1, d2, d3, target + (3 * Rows));
        }

        for (; column < columns; column++)
        {
            for (int row = 0; row < Lanes; row++)
            {
                lines[(column * Rows) + row] = rows[row][first + column] * scales[row];
            }
        }
    }

    /// <summary>
    /// Sixteen columns of four rows: a has columns 0, 4, 8 and 12, four values of each together, b those behind them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourRows(
        float** rows, float* scales, int column, out Vector512<float> a, out Vector512<float> b,
        out Vector512<float> c, out Vector512<float> d)
    {
        Sse.Prefetch0(rows[0] + column + Chunk);
        Sse.Prefetch0(rows[1] + column + Chunk);
        Sse.Prefetch0(rows[2] + column + Chunk);
        Sse.Prefetch0(rows[3] + column + Chunk);
        Vector512<float> first = Vector512.Load(rows[0] + column) * Vector512.Create(scales[0]);
        Vector512<float> second = Vector512.Load(rows[1] + column) * Vector512.Create(scales[1]);
        Vector512<float> third = Vector512.Load(rows[2] + column) * Vector512.Create(scales[2]);
        Vector512<float> fourth = Vector512.Load(rows[3] + column) * Vector512.Create(scales[3]);
        Vector512<double> upperLow = Avx512F.UnpackLow(first, second).AsDouble();
        Vector512<double> upperHigh = Avx512F.UnpackHigh(first, second).AsDouble();
        Vector512<double> lowerLow = Avx512F.UnpackLow(third, fourth).AsDouble();
        Vector512<double> lowerHigh = Avx512F.UnpackHigh(third, fourth).AsDouble();
        a = Avx512F.UnpackLow(upperLow, lowerLow).AsSingle();
        b = Avx512F.UnpackHigh(upperLow, lowerLow).AsSingle();
        c = Avx512F.UnpackLow(upperHigh, lowerHigh).AsSingle();
        d = Avx512F.UnpackHigh(upperHigh, lowerHigh).AsSingle();
    }

    /// <summary>Every fourth column of sixteen rows, from four rows' quarters each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth, float* target)
    {
        Vector512<float> lowA = Avx512F.Shuffle4x128(first, second, LowHalves);
        Vector512<float> highA = Avx512F.Shuffle4x128(first, second, HighHalves);
        Vector512<float> lowB = Avx512F.Shuffle4x128(third, fourth, LowHalves);
        Vector512<float> highB = Avx512F.Shuffle4x128(third, fourth, HighHalves);
        Avx512F.Shuffle4x128(lowA, lowB, EvenParts).Store(target);
        Avx512F.Shuffle4x128(lowA, lowB, OddParts).Store(target + (4 * Rows));
        Avx512F.Shuffle4x128(highA, highB, EvenParts).Store(target + (8 * Rows));
        Avx512F.Shuffle4x128(highA, highB, OddParts).Store(target + (12 * Rows));
    }
}
