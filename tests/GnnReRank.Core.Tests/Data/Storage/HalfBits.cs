namespace GnnReRank.Tests.Data.Storage;

/// <summary>float16 decoded from its bits by IEEE 754's own formula, apart from the runtime's conversions.</summary>
internal static class HalfBits
{
    /// <summary>Every finite float16, the lowest bits first.</summary>
    public static Half[] AllFinite { get; } =
        [.. Enumerable.Range(0, 1 << 16).Where(bits => ((bits >> 10) & 0x1F) != 0x1F).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];

    public static float Decoded(Half value)
    {
        ushort bits = BitConverter.HalfToUInt16Bits(value);
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude = exponent == 0 ? Math.ScaleB(fraction, -24) : Math.ScaleB(1024 + fraction, exponent - 25);
        return (float)((bits & 0x8000) != 0 ? -magnitude : magnitude);
    }
}
