using System.Buffers.Binary;
using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Vecs;

/// <summary>What tells the three formats apart, which have no mark in the file.</summary>
internal static class VecsFormats
{
    // More dimensions than any feature has; text and other formats start with larger numbers.
    private const int LargestLikelyDimension = 1 << 20;

    public static ArrayElementType TypeOf(FeatureFormat format) => format switch
    {
        FeatureFormat.Bvecs => new(ElementKind.UnsignedInteger, sizeof(byte), IsBigEndian: false),
        FeatureFormat.Ivecs => new(ElementKind.SignedInteger, sizeof(int), IsBigEndian: false),
        _ => new(ElementKind.FloatingPoint, sizeof(float), IsBigEndian: false),
    };

    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public static int ReadDimension(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>Whether a file that starts so can be rows of this element size: where the second row is in sight, it must agree.</summary>
    public static bool LooksLikeRows(ReadOnlySpan<byte> head, int elementSize)
    {
        int dimension = head.Length < sizeof(int) ? 0 : BinaryPrimitives.ReadInt32LittleEndian(head);
        if (dimension is < 1 or > LargestLikelyDimension)
        {
            return false;
        }

        long second = sizeof(int) + ((long)dimension * elementSize);
        return second + sizeof(int) > head.Length || BinaryPrimitives.ReadInt32LittleEndian(head[(int)second..]) == dimension;
    }
}
