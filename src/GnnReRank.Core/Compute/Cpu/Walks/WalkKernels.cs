using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Walks;

/// <summary>A step of sixteen walks side by side. Products and sums are rounded one by one: fused, the last bit would depend on the processor.</summary>
internal static unsafe class WalkKernels
{
    private const int Lanes = LaneKernels.Lanes;
    private const int Half = Lanes / 2;

    /// <summary>after = matrix * before, for the listed rows.</summary>
    /// <param name="offsets">Where each row of the matrix begins.</param>
    /// <param name="columns">The columns of its entries.</param>
    /// <param name="values">Their values.</param>
    /// <param name="rows">The rows to make.</param>
    /// <param name="count">How many.</param>
    /// <param name="before">n x 16.</param>
    /// <param name="after">n x 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(int* offsets, int* columns, float* values, int* rows, int count, float* before, float* after)
    {
        for (int at = 0; at < count; at++)
        {
            int row = rows[at];
            int end = offsets[row + 1];
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            for (int entry = offsets[row]; entry < end; entry++)
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
}
