using System.Buffers.Binary;
using System.Numerics;
using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Pickle;

/// <summary>One number of a NumPy array or scalar.</summary>
internal static class PickledNumber
{
    /// <summary>A bool, long (BigInteger past it) or double.</summary>
    public static object Read(PickledType type, ReadOnlySpan<byte> bytes)
    {
        ArrayElementType element = type.Number!.Value;
        if (type.IsTruthValue)
        {
            return bytes[0] != 0;
        }

        return element.Kind == ElementKind.FloatingPoint ? Real(element, bytes) : Plain(Whole(element, bytes));
    }

    /// <summary>A whole number.</summary>
    public static BigInteger Whole(ArrayElementType type, ReadOnlySpan<byte> bytes) =>
        new(bytes[..type.Size], isUnsigned: type.Kind == ElementKind.UnsignedInteger, isBigEndian: type.IsBigEndian);

    /// <summary>A long where the number fits one.</summary>
    public static object Plain(BigInteger whole) =>
        whole >= long.MinValue && whole <= long.MaxValue ? (object)(long)whole : whole;

    private static double Real(ArrayElementType type, ReadOnlySpan<byte> bytes) => (type.Size, type.IsBigEndian) switch
    {
        (2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        (2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };
}
