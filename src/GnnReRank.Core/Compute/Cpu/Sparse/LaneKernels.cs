using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// Sparse products with sixteen vectors at once, an element of all of them in one cache line, so that an entry of a matrix is read
/// once for sixteen. Products and sums are rounded one by one: fused, the last bit would depend on the processor.
/// </summary>
internal static unsafe class LaneKernels
{
    /// <summary>Vectors side by side.</summary>
    public const int Lanes = 16;

    private const int Half = Lanes / 2;
    private const int Square = 4;

    /// <summary>sums += a row, as a column, times the sixteen scales.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(SparseRows rows, int row, float* scales, float* sums)
    {
        Vector256<float> low = Vector256.Load(scales);
        Vector256<float> high = Vector256.Load(scales + Half);
        int* indices = rows.Indices(row);
        float* values = rows.Values(row);
        int length = rows.Length(row);
        for (int entry = 0; entry < length; entry++)
        {
            float* sum = sums + ((long)indices[entry] * Lanes);
            Vector256<float> value = Vector256.Create(values[entry]);
            (Vector256.Load(sum) + (low * value)).Store(sum);
            (Vector256.Load(sum + Half) + (high * value)).Store(sum + Half);
        }
    }

    /// <summary>products = rows * vectors, for rows [from, to).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(SparseRows rows, int from, int to, float* vectors, float* products)
    {
        for (int row = from; row < to; row++)
        {
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            AddRow(rows, row, vectors, ref low, ref high);
            low.Store(products + ((long)row * Lanes));
            high.Store(products + ((long)row * Lanes) + Half);
        }
    }

    /// <summary>products += (rows * vectors) * the scale of the row, for rows [from, to).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyAdd(SparseRows rows, int from, int to, float* vectors, float* scales, float* products)
    {
        for (int row = from; row < to; row++)
        {
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            AddRow(rows, row, vectors, ref low, ref high);
            float* product = products + ((long)row * Lanes);
            (Vector256.Load(product) + (low * scales[row])).Store(product);
            (Vector256.Load(product + Half) + (high * scales[row])).Store(product + Half);
        }
    }

    /// <summary>
    /// One layer: products = (vectors, where it keeps them, + rows * vectors) * the scale of the row. The first of the products is
    /// that of the row from.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Propagate(SparseRows? rows, int from, int to, float* vectors, bool residual, float* scales, float* products)
    {
        for (int row = from; row < to; row++, products += Lanes)
        {
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            if (residual)
            {
                low = Vector256.Load(vectors + ((long)row * Lanes));
                high = Vector256.Load(vectors + ((long)row * Lanes) + Half);
            }

            if (rows is not null)
            {
                AddRow(rows, row, vectors, ref low, ref high);
            }

            (low * scales[row]).Store(products);
            (high * scales[row]).Store(products + Half);
        }
    }

    /// <summary>Lays some elements of sixteen vectors out vector by vector, each times its vector's share.</summary>
    /// <param name="source">count elements x 16 vectors.</param>
    /// <param name="count">A multiple of 4.</param>
    /// <param name="shares">One a vector.</param>
    /// <param name="target">16 rows of count.</param>
    /// <param name="stride">The distance of two rows of the target.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreTransposed(float* source, int count, float* shares, float* target, nint stride)
    {
        for (int lane = 0; lane < Lanes; lane += Square)
        {
            Vector128<float> share = Vector128.Load(shares + lane);
            float* row = target + (lane * stride);
            for (int element = 0; element < count; element += Square)
            {
                float* four = source + (element * Lanes) + lane;
                Vector128<float> a = Vector128.Load(four) * share;
                Vector128<float> b = Vector128.Load(four + Lanes) * share;
                Vector128<float> c = Vector128.Load(four + (2 * Lanes)) * share;
                Vector128<float> d = Vector128.Load(four + (3 * Lanes)) * share;
                Vector128<float> abLow = Shuffle.InterleaveLow(a, b);
                Vector128<float> abHigh = Shuffle.InterleaveHigh(a, b);
                Vector128<float> cdLow = Shuffle.InterleaveLow(c, d);
                Vector128<float> cdHigh = Shuffle.InterleaveHigh(c, d);
                Shuffle.LowHalves(abLow, cdLow).Store(row + element);
                Shuffle.HighHalves(abLow, cdLow).Store(row + stride + element);
                Shuffle.LowHalves(abHigh, cdHigh).Store(row + (2 * stride) + element);
                Shuffle.HighHalves(abHigh, cdHigh).Store(row + (3 * stride) + element);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(SparseRows rows, int row, float* vectors, ref Vector256<float> low, ref Vector256<float> high)
    {
        int* indices = rows.Indices(row);
        float* values = rows.Values(row);
        int length = rows.Length(row);
        Vector256<float> lowSum = low;
        Vector256<float> highSum = high;
        for (int entry = 0; entry < length; entry++)
        {
            float* vector = vectors + ((long)indices[entry] * Lanes);
            Vector256<float> value = Vector256.Create(values[entry]);
            lowSum += Vector256.Load(vector) * value;
            highSum += Vector256.Load(vector + Half) * value;
        }

        low = lowSum;
        high = highSum;
    }
}
