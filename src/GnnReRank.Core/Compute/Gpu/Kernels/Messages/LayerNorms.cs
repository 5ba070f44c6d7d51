using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// Norms of rows whose values lie in any order: squares of what is scaled to the largest value, as 64-bit integers,
/// whose sum does not depend on the order.
/// </summary>
internal static class LayerNorms
{
    // A scaled value is below 2 and its square below 2^38 units: the sum of 2^25 fits.
    private const float One = 1L << 36;
    private const uint Exponent = 0x7f80_0000;
    private const uint TwoTo127 = 0x7f00_0000;

    /// <summary>
    /// 1 / norm of values that are not negative; 0 where all are 0, and 1 where the layer does not normalise.
    /// </summary>
    /// <param name="arguments">The layer.</param>
    /// <param name="values">The values, all written.</param>
    /// <param name="length">How many.</param>
    /// <param name="sums">Room for one number a thread.</param>
    /// <param name="threads">Threads of the group, a power of two; all come here.</param>
    public static float Inverse(LayerArguments arguments, ArrayView<float> values, int length, ArrayView<long> sums, int threads)
    {
        if (arguments.Normalizes == 0)
        {
            return 1f;
        }

        float largest = 0f;
        for (int at = Group.IdxX; at < length; at += threads)
        {
            largest = IntrinsicMath.Max(largest, values[at]);
        }

        // Floats that are not negative have the order of their bits.
        sums[Group.IdxX] = Interop.FloatAsInt(largest);
        Group.Barrier();
        for (int half = threads >> 1; half > 0; half >>= 1)
        {
            if (Group.IdxX < half)
            {
                sums[Group.IdxX] = IntrinsicMath.Max(sums[Group.IdxX], sums[Group.IdxX + half]);
            }

            Group.Barrier();
        }

        largest = Interop.IntAsFloat((uint)sums[0]);
        Group.Barrier();
        if (largest == 0f)
        {
            return 0f;
        }

        // A power of two that brings the largest to between 1 and 2: exact, and no division a value.
        float scale = Interop.IntAsFloat(TwoTo127 - (Interop.FloatAsInt(largest) & Exponent));
        long sum = 0;
        for (int at = Group.IdxX; at < length; at += threads)
        {
            float scaled = values[at] * scale;
            sum += (long)(scaled * scaled * One);
        }

        sums[Group.IdxX] = sum;
        Group.Barrier();
        for (int half = threads >> 1; half > 0; half >>= 1)
        {
            if (Group.IdxX < half)
            {
                sums[Group.IdxX] += sums[Group.IdxX + half];
            }

            Group.Barrier();
        }

        float norm = MathF.Sqrt(sums[0] / One);
        Group.Barrier();
        return scale / norm;
    }
}
