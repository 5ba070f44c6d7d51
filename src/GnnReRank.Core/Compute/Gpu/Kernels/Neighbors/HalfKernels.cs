using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>The matrix of <see cref="TensorTileKernel"/>, and how far it is from the vectors.</summary>
internal static class HalfKernels
{
    public const int GroupSize = 128;

    // Covers squares that underflow: at most 2^-61 for a row of 2^20 values.
    private const float ResidualFloor = 1e-15f;

    /// <summary>A group a row of the float16 matrix, padding rows included.</summary>
    /// <remarks>
    /// The difference of a value and its half is exact in float32 (both are multiples of the value's last place, less than 2^24 of
    /// them apart). So the residual errs by the sum of squares alone: each term passes through n = dimension / 128 + 8 roundings at
    /// most, the root halves what they add up to, and its own rounding and the last product's are two more.
    /// The factor 1 + (n + 4) 2^-23 is above all of it.
    /// </remarks>
    public static void Convert(HalfArguments a)
    {
        ArrayView<float> sums = SharedMemory.Allocate<float>(GroupSize);
        int row = Grid.IdxX;
        int thread = Group.IdxX;
        float sum = 0;
        for (int column = thread; column < a.HalfStride; column += GroupSize)
        {
            float scaled = row < a.Count && column < a.Dimension ? a.Rows[((long)row * a.Stride) + column] * DeviceHalf.Scale : 0f;
            ushort half = DeviceHalf.Round(scaled);
            a.Halves[((long)row * a.HalfStride) + column] = half;
            float difference = scaled - DeviceHalf.ToFloat(half);
            sum += difference * difference;
        }

        sums[thread] = sum;
        Group.Barrier();
        for (int width = GroupSize / 2; width > 0; width /= 2)
        {
            if (thread < width)
            {
                sums[thread] += sums[thread + width];
            }

            Group.Barrier();
        }

        if (thread == 0)
        {
            float safe = 1f + (((a.HalfStride / GroupSize) + 12) * (1f / 8_388_608));
            a.Residuals[row] = (MathF.Sqrt(sums[0]) * (safe / DeviceHalf.Scale)) + ResidualFloor;
        }
    }
}
