using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GnnReRank.Transforming;

/// <summary>Arithmetic on rows of float64, with the same bits on every machine.</summary>
internal static class DoubleRow
{
    // Eight sums, each of every eighth value, whatever the width of the machine's vectors.
    private const int Lanes = 8;

    // A quarter of float32's rounding: what is left of a row that equals its mean is less, and means nothing.
    private const double Nothing = 1.0 / (1 << 26);

    /// <summary>A stored row as float64, divided by its norm where that is asked for.</summary>
    public static void Widen(ReadOnlySpan<float> stored, Span<double> row, bool normalize)
    {
        TensorPrimitives.ConvertChecked(stored, row);
        if (normalize)
        {
            Normalize(row);
        }
    }

    /// <summary>Divides a row by its norm; a row of zeros stays as it is.</summary>
    /// <returns>Whether the row has a norm.</returns>
    public static bool Normalize(Span<double> row)
    {
        double squares = SumOfSquares(row);
        if (squares > 0)
        {
            TensorPrimitives.Divide(row, Math.Sqrt(squares), row);
        }

        return squares > 0;
    }

    public static void Add(ReadOnlySpan<double> row, Span<double> sum) => TensorPrimitives.Add(sum, row, sum);

    public static void Divide(Span<double> row, double divisor) => TensorPrimitives.Divide(row, divisor, row);

    /// <summary>Subtracts a mean; what rounding leaves of a row that equals it becomes zeros.</summary>
    public static void Subtract(Span<double> row, ReadOnlySpan<double> mean)
    {
        double before = SumOfSquares(row);
        TensorPrimitives.Subtract(row, mean, row);
        if (SumOfSquares(row) <= before * Nothing * Nothing)
        {
            row.Clear();
        }
    }

    public static double SumOfSquares(ReadOnlySpan<double> row)
    {
        Vector256<double> low = default, high = default;
        ReadOnlySpan<Vector256<double>> vectors = MemoryMarshal.Cast<double, Vector256<double>>(row);
        int pairs = row.Length / Lanes;
        for (int pair = 0; pair < pairs; pair++)
        {
            low += vectors[2 * pair] * vectors[2 * pair];
            high += vectors[(2 * pair) + 1] * vectors[(2 * pair) + 1];
        }

        Vector256<double> both = low + high;
        double sum = (both[0] + both[1]) + (both[2] + both[3]);
        foreach (double value in row[(pairs * Lanes)..])
        {
            sum += value * value;
        }

        return sum;
    }
}
