using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels;

/// <summary>Float16 by its bits: the same on every device, also on those without the type.</summary>
internal static class DeviceHalf
{
    /// <summary>
    /// What values of unit vectors are multiplied with before they are rounded: at most 256 they stay far below 65,504, and those
    /// from 2^-22 on keep all 11 bits. A power of two: no rounding of its own.
    /// </summary>
    public const float Scale = 256f;

    private const uint SignBit = 0x8000_0000;
    private const uint SmallestNormal = 113u << 23;

    // 2^-24, the last place of subnormal halves, is the last place of 0.5: a float addition rounds there.
    private const float SubnormalRounder = 0.5f;

    /// <summary>The nearest half, ties to even.</summary>
    /// <param name="value">A value below 65,504.</param>
    public static ushort Round(float value)
    {
        uint bits = Interop.FloatAsInt(value);
        uint sign = (bits & SignBit) >> 16;
        uint magnitude = bits & ~SignBit;
        if (magnitude < SmallestNormal)
        {
            float shifted = Interop.IntAsFloat(magnitude) + SubnormalRounder;
            return (ushort)(sign | (Interop.FloatAsInt(shifted) - Interop.FloatAsInt(SubnormalRounder)));
        }

        uint rounded = magnitude - (112u << 23) + 0xfff + ((magnitude >> 13) & 1);
        return (ushort)(sign | (rounded >> 13));
    }

    /// <summary>The value of a finite half.</summary>
    public static float ToFloat(ushort half)
    {
        uint magnitude = half & 0x7fffu;
        float value = magnitude < 0x400
            ? (int)magnitude * (1f / 16_777_216)
            : Interop.IntAsFloat((magnitude << 13) + (112u << 23));
        return (half & 0x8000u) != 0 ? -value : value;
    }
}
