using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Walks;

/// <summary>
/// A step of sixteen walks side by side. Products and sums are rounded one by one: fused, the last bit would depend on
/// the processor.
/// </summary>
internal static unsafe class WalkLanes
{
    private const int Lanes = LaneKernels.Lanes;
    // A register of 256 bits.
    private const int Half = Lanes / 2;

    /// <summary>The bytes that a scorer of sixteen walks holds.</summary>
    public static long BytesFor(long vertexCount, long galleryCount) =>
        (vertexCount * ((2 * Lanes * sizeof(float)) + sizeof(int) + sizeof(byte))) +
        (galleryCount * Lanes * sizeof(float));

    /// <summary>after = matrix * before, for the listed rows.</summary>
    /// <typeparam name="TRows">Where the matrix lies.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rows">The rows to make.</param>
    /// <param name="count">How many.</param>
    /// <param name="before">n x 16.</param>
    /// <param name="after">n x 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step<TRows>(TRows matrix, int* rows, int count, float* before, float* after)
        where TRows : struct, IWalkRows
    {
        for (int at = 0; at < count; at++)
        {
            int row = rows[at];
            int length = matrix.Find(row, out int* columns, out float* values);
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            for (int entry = 0; entry < length; entry++)
            {
                float* source = before + ((long)columns[entry] * Lanes);
                Vector256<float> value = Vector256.Create(values[entry]);
                low += Vector256.Load(source) * value;
                high += Vector256.Load(source + Half) * value;
            }

            float* target = after + ((long)row * Lanes);
            low.Store(target);
            high.Store(target + Half);
        }
    }

    /// <summary>scores = cosines + gain * log(1 + density * scores); a score of 0 adds nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddToCosines(float* scores, float* cosines, float density, float gain, int count)
    {
        int i = 0;
        for (; i + Half <= count; i += Half)
        {
            Vector256<float> logarithm = Log(Vector256<float>.One + (Vector256.Load(scores + i) * density));
            (Vector256.Load(cosines + i) + (logarithm * gain)).Store(scores + i);
        }

        for (; i < count; i++)
        {
            scores[i] = cosines[i] + (Log(Vector256.Create(1f + (scores[i] * density)))[0] * gain);
        }
    }

    /// <summary>
    /// The natural logarithm of numbers from 1 on, to about 1e-7 of it: with x = 2^e m, m from 0.75 to 1.5, e log 2 +
    /// log m, and log m = 2 atanh(t), t = (m - 1) / (m + 1). The runtime's own fuses where the processor can.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Log(Vector256<float> numbers)
    {
        const int threeQuarters = 0x3f40_0000;
        const int mantissa = 0x007f_ffff;
        Vector256<int> bits = numbers.AsInt32() - Vector256.Create(threeQuarters);
        Vector256<float> exponents = Vector256.ConvertToSingle(bits >> 23);
        Vector256<float> m = ((bits & Vector256.Create(mantissa)) + Vector256.Create(threeQuarters)).AsSingle();
        Vector256<float> t = (m - Vector256<float>.One) / (m + Vector256<float>.One);
        Vector256<float> square = t * t;
        Vector256<float> series = Vector256.Create(2f / 11);
        series = (series * square) + Vector256.Create(2f / 9);
        series = (series * square) + Vector256.Create(2f / 7);
        series = (series * square) + Vector256.Create(2f / 5);
        series = (series * square) + Vector256.Create(2f / 3);
        series = (series * square) + Vector256.Create(2f);
        return (exponents * 0.693147180559945f) + (series * t);
    }
}
