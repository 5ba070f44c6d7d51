using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Products;

/// <summary>Float32 values as two halves each, the operands of <see cref="TensorProductKernel"/>.</summary>
internal static class SplitKernels
{
    public const int GroupSize = 256;

    /// <summary>Values whose high parts lie together, their low parts behind them.</summary>
    public const int RunLength = 16;

    /// <summary>
    /// What values of unit vectors are multiplied with: at most 2^15 they stay below 65,504, and low parts of values
    /// from 2^-17 on keep all 11 bits, so that high and low parts need no scales of their own. A power of two: no
    /// rounding.
    /// </summary>
    public const float Scale = 32_768f;

    /// <summary>
    /// A thread a pair of values. A value is h + l but for 2^-23 of it and 2^-40 (<c>SplitBound</c>): h is it rounded
    /// to 11 bits; the rest is exact in float32, has 12 bits, and l takes 11 of them.
    /// </summary>
    [Kernel]
    public static void Split(SplitArguments a)
    {
        long pair = ((long)Grid.IdxX * GroupSize) + Group.IdxX;
        if (pair < a.PairCount)
        {
            float first = a.Rows[2 * pair] * Scale;
            float second = a.Rows[(2 * pair) + 1] * Scale;
            ushort firstHigh = DeviceHalf.Round(first);
            ushort secondHigh = DeviceHalf.Round(second);
            long at = ((pair >> 3) << 4) + (pair & 7);
            a.Parts[at] = Packed(firstHigh, secondHigh);
            a.Parts[at + (RunLength / 2)] = Packed(LowPart(first, firstHigh), LowPart(second, secondHigh));
        }
    }

    private static uint Packed(ushort first, ushort second) => first | ((uint)second << 16);

    private static ushort LowPart(float value, ushort high) =>
        DeviceHalf.Round(value - DeviceHalf.ToFloat(high));
}
