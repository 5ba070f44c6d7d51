using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// Norms of rows whose values lie in any order: squares relative to the largest value, as 64-bit integers, whose sum does not depend
/// on the order.
/// </summary>
internal static class LayerNorms
{
    private const float One = 1L << 38;

    /// <summary>1 / norm of values that are not negative; 0 where all are 0, and 1 where the layer does not normalise.</summary>
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

        long sum = 0;
        for (int at = Group.IdxX; at < length; at += threads)
        {
            float ratio = values[at] / largest;
            sum += (long)(ratio * ratio * One);
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

        float norm = largest * MathF.Sqrt(sums[0] / One);
        Group.Barrier();
        return 1f / norm;
    }
}
