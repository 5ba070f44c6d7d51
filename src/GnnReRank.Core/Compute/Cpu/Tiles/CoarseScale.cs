using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>
/// How normalised values become int16, q = round(scale x), and how far a product of such rows can lie from the exact kernel's.
/// </summary>
/// <param name="Scale">At most <see cref="LargestScale"/>, and no value beyond the range of int16.</param>
/// <param name="Error">A bound of |x - q / scale| over all rows.</param>
/// <param name="Dimension">Columns a row.</param>
internal readonly unsafe record struct CoarseScale(float Scale, double Error, int Dimension)
{
    /// <summary>Beyond, the error of a row could carry a sum of products past the range of int32.</summary>
    public const int LargestDimension = 16_384;

    // By Cauchy and Schwarz no sum, and no part of one, exceeds |q_i| |q_j| <= (scale (1 + error))^2 < 2^31.
    private const float LargestScale = 46_000f;
    private const float LargestValue = 32_766f;

    // The float32 product scale * x is off by up to 2^-24 of at most 46,000.
    private const double ScalingError = 0.003;

    // Room for the roundings of norms, of the sum of squares below and of int32 values turned into float32.
    private const double Slack = 1.0001;
    private const double ConversionError = 5e-7;
    private const double RoundingUnit = 1.0 / (1 << 24);

    /// <summary>
    /// |coarse - exact| of any pair is at most this: |x_i| e_j + |q_j / scale| e_i for the rounding to int16, and d units for the
    /// chain of float32 multiply-adds.
    /// </summary>
    public double Bound => (Slack * ((2 * Error) + (Error * Error))) + (Slack * Dimension * RoundingUnit) + ConversionError;

    /// <summary>Measures rows.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="options">How the call runs.</param>
    /// <param name="order">Those to measure; null takes all.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static CoarseScale Of(VertexRows rows, ComputeOptions options, int[]? order = null)
    {
        (float largest, double error) = Measure(rows, order, LargestScale, options);
        float scale = LargestScale;
        if (largest * scale > LargestValue)
        {
            scale = LargestValue / largest;
            (_, error) = Measure(rows, order, scale, options);
        }

        return new CoarseScale(scale, error, rows.Dimension);
    }

    private static (float Largest, double Error) Measure(
        VertexRows rows, int[]? order, float scale, ComputeOptions options)
    {
        const int chunk = 64;
        Lock merging = new();
        (float largest, float squared) = (0, 0);
        int count = order?.Length ?? rows.Count;
        Workers.ForRanges(options.ThreadCount, count, chunk, () => new NativeBuffer<float>(rows.Dimension), (scratch, from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            (float ownLargest, float ownSquared) = (0, 0);
            for (int place = from; place < to; place++)
            {
                int row = order is null ? place : order[place];
                Measure(rows.Row(row, scratch.Pointer), rows.InverseNorm(row), rows.Dimension, scale, ref ownLargest, ref ownSquared);
            }

            lock (merging)
            {
                largest = Math.Max(largest, ownLargest);
                squared = Math.Max(squared, ownSquared);
            }
        });
        double error = (Math.Sqrt(squared) + (ScalingError * Math.Sqrt(rows.Dimension))) * Slack / scale;
        return (largest, error);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Measure(
        float* values, float inverseNorm, int dimension, float scale, ref float largest, ref float squared)
    {
        Vector256<float> most = Vector256<float>.Zero;
        Vector256<float> squares = Vector256<float>.Zero;
        int column = 0;
        for (; column + Vector256<float>.Count <= dimension; column += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.Load(values + column) * inverseNorm;
            Vector256<float> scaled = value * scale;
            Vector256<float> rest = scaled - Vector256.Round(scaled);
            most = Vector256.Max(most, Vector256.Abs(value));
            squares += rest * rest;
        }

        float sum = Vector256.Sum(squares);
        for (; column < dimension; column++)
        {
            float value = values[column] * inverseNorm;
            float rest = (value * scale) - MathF.Round(value * scale);
            largest = Math.Max(largest, Math.Abs(value));
            sum += rest * rest;
        }

        squared = Math.Max(squared, sum);
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            largest = Math.Max(largest, most[lane]);
        }
    }
}
