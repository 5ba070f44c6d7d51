using System.Runtime.Intrinsics;

namespace GnnReRank.Transforming;

/// <summary>
/// Vectors of float64, eight side by side in a panel: entry k of the eight, then entry k + 1. All products of two sets
/// of vectors are made of these, a block of eight by eight at once.
/// </summary>
/// <remarks>
/// Each product is a sum over the entries in their order, by fused multiply-adds: the same bits whatever is computed
/// beside it, and on every machine.
/// </remarks>
internal sealed unsafe class Panels
{
    /// <summary>The vectors of a panel.</summary>
    public const int Width = 8;

    private readonly double[] _values;

    /// <summary>Room for vectors; those that fill the last panel are zeros.</summary>
    /// <param name="count">The number of vectors.</param>
    /// <param name="length">The entries of each.</param>
    public Panels(int count, int length)
    {
        Count = (count + Width - 1) / Width;
        Length = length;
        _values = new double[FeatureMatrixChecks.ElementCount((long)Count * Width, length)];
    }

    /// <summary>The number of panels.</summary>
    public int Count { get; }

    /// <summary>The entries of a vector.</summary>
    public int Length { get; }

    /// <summary>Takes the values of a vector.</summary>
    public void SetVector(int index, ReadOnlySpan<double> values)
    {
        Span<double> panel = _values.AsSpan(index / Width * Width * Length, Width * Length);
        for (int k = 0; k < values.Length; k++)
        {
            panel[(k * Width) + (index % Width)] = values[k];
        }
    }

    /// <summary>Takes the values of one entry of all vectors.</summary>
    public void SetEntry(int k, ReadOnlySpan<double> values)
    {
        for (int panel = 0; panel < Count; panel++)
        {
            int first = panel * Width;
            Span<double> eight = _values.AsSpan((first * Length) + (k * Width), Width);
            ReadOnlySpan<double> taken = values[first..Math.Min(first + Width, values.Length)];
            taken.CopyTo(eight);
            eight[taken.Length..].Clear();
        }
    }

    /// <summary>
    /// Adds the products of the vectors of one panel with those of another to eight rows of eight sums.
    /// </summary>
    /// <param name="panel">A panel of these vectors: they give the rows.</param>
    /// <param name="others">Vectors of the same length: they give the columns.</param>
    /// <param name="other">One of their panels.</param>
    /// <param name="length">How many entries to go over, from the first.</param>
    /// <param name="sums">The first sum.</param>
    /// <param name="stride">From a row of sums to the next.</param>
    public void AddProducts(int panel, Panels others, int other, int length, Span<double> sums, int stride)
    {
        fixed (double* left = _values, right = others._values, target = sums)
        {
            double* a = left + ((long)panel * Width * Length);
            double* b = right + ((long)other * Width * others.Length);
            AddProducts(a, b, length, target, stride);
            AddProducts(a + (Width / 2), b, length, target + ((long)stride * Width / 2), stride);
        }
    }

    private static void AddProducts(double* a, double* b, int length, double* sums, int stride)
    {
        Vector256<double> s00 = Vector256.Load(sums), s01 = Vector256.Load(sums + 4);
        Vector256<double> s10 = Vector256.Load(sums + stride), s11 = Vector256.Load(sums + stride + 4);
        Vector256<double> s20 = Vector256.Load(sums + (2L * stride)), s21 = Vector256.Load(sums + (2L * stride) + 4);
        Vector256<double> s30 = Vector256.Load(sums + (3L * stride)), s31 = Vector256.Load(sums + (3L * stride) + 4);
        for (int k = 0; k < length; k++, a += Width, b += Width)
        {
            Vector256<double> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 4);
            Vector256<double> x = Vector256.Create(a[0]);
            s00 = Vector256.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(x, b1, s01);
            x = Vector256.Create(a[1]);
            s10 = Vector256.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(x, b1, s11);
            x = Vector256.Create(a[2]);
            s20 = Vector256.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(x, b1, s21);
            x = Vector256.Create(a[3]);
            s30 = Vector256.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(x, b1, s31);
        }

        Vector256.Store(s00, sums);
        Vector256.Store(s01, sums + 4);
        Vector256.Store(s10, sums + stride);
        Vector256.Store(s11, sums + stride + 4);
        Vector256.Store(s20, sums + (2L * stride));
        Vector256.Store(s21, sums + (2L * stride) + 4);
        Vector256.Store(s30, sums + (3L * stride));
        Vector256.Store(s31, sums + (3L * stride) + 4);
    }
}
