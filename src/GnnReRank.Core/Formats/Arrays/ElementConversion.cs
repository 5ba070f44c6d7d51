using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace GnnReRank.Formats.Arrays;

/// <summary>Turns the bytes of array elements, in this machine's byte order, into the numbers the engine works with.</summary>
internal static class ElementConversion
{
    /// <summary>Every number as the nearest float32; a float64 past float32's range becomes an infinity, which the check of the rows finds.</summary>
    public static void ToSingles(ReadOnlySpan<byte> source, ArrayElementType type, Span<float> target) => Convert(source, type, target);

    /// <summary>Every number as the nearest float64.</summary>
    public static void ToDoubles(ReadOnlySpan<byte> source, ArrayElementType type, Span<double> target) => Convert(source, type, target);

    /// <summary>Every number as the nearest float16; one past its range becomes an infinity, which the check of the rows finds.</summary>
    public static void ToHalves(ReadOnlySpan<byte> source, ArrayElementType type, Span<Half> target) => Convert(source, type, target);

    /// <summary>Integers as they are; floating-point numbers only where they are whole.</summary>
    /// <exception cref="NotWholeException">A number is not an integer in the range of int64; the message says which.</exception>
    public static void ToIntegers(ReadOnlySpan<byte> source, ArrayElementType type, Span<long> target)
    {
        if (type.Kind == ElementKind.FloatingPoint)
        {
            double[] numbers = new double[target.Length];
            Convert(source, type, numbers.AsSpan());
            for (int element = 0; element < numbers.Length; element++)
            {
                target[element] = Whole(numbers[element]);
            }

            return;
        }

        Convert(source, type, target);
        if (type is { Kind: ElementKind.UnsignedInteger, Size: sizeof(ulong) } && TensorPrimitives.Min<long>(target) < 0)
        {
            throw new NotWholeException("a number past 9223372036854775807, the largest there may be");
        }
    }

    /// <summary>Integers of any width; one outside int32 becomes its nearest end, which is no valid index.</summary>
    public static void ToIndices(ReadOnlySpan<byte> source, ArrayElementType type, Span<int> target)
    {
        switch (type)
        {
            case { Kind: ElementKind.SignedInteger, Size: sizeof(long) }:
                TensorPrimitives.ConvertSaturating(MemoryMarshal.Cast<byte, long>(source), target);
                break;
            case { Kind: ElementKind.UnsignedInteger, Size: sizeof(uint) }:
                TensorPrimitives.ConvertSaturating(MemoryMarshal.Cast<byte, uint>(source), target);
                break;
            case { Kind: ElementKind.UnsignedInteger, Size: sizeof(ulong) }:
                TensorPrimitives.ConvertSaturating(MemoryMarshal.Cast<byte, ulong>(source), target);
                break;
            default:
                Convert(source, type, target);
                break;
        }
    }

    /// <summary>
    /// The same of neighbours: the largest number of a type of 32 or 64 bits, by which searches say that there is none,
    /// becomes -1.
    /// </summary>
    public static void ToNeighbors(ReadOnlySpan<byte> source, ArrayElementType type, Span<int> target)
    {
        ToIndices(source, type, target);
        for (int element = target.IndexOf(int.MaxValue); element < target.Length && element >= 0; element++)
        {
            if (target[element] == int.MaxValue && IsLargest(source.Slice(element * type.Size, type.Size), type))
            {
                target[element] = -1;
            }
        }
    }

    /// <summary>Brings elements into this machine's byte order, in place.</summary>
    public static void ToNativeOrder(Span<byte> elements, ArrayElementType type)
    {
        if (type.IsBigEndian != BitConverter.IsLittleEndian)
        {
            return;
        }

        switch (type.Size)
        {
            case sizeof(ushort):
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(elements);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case sizeof(uint):
                Span<uint> ints = MemoryMarshal.Cast<byte, uint>(elements);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case sizeof(ulong):
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(elements);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    private static bool IsLargest(ReadOnlySpan<byte> element, ArrayElementType type) => type switch
    {
        { Kind: ElementKind.SignedInteger, Size: sizeof(int) } => true,
        { Kind: ElementKind.SignedInteger, Size: sizeof(long) } => MemoryMarshal.Read<long>(element) == long.MaxValue,
        { Kind: ElementKind.UnsignedInteger } => element.IndexOfAnyExcept(byte.MaxValue) < 0,
        _ => false,
    };

    private static void Convert<T>(ReadOnlySpan<byte> source, ArrayElementType type, Span<T> target)
        where T : unmanaged, INumber<T>
    {
        switch (type.Kind, type.Size)
        {
            case (ElementKind.FloatingPoint, 2): Convert<Half, T>(source, target); break;
            case (ElementKind.FloatingPoint, 4): Convert<float, T>(source, target); break;
            case (ElementKind.FloatingPoint, 8): Convert<double, T>(source, target); break;
            case (ElementKind.SignedInteger, 1): Convert<sbyte, T>(source, target); break;
            case (ElementKind.SignedInteger, 2): Convert<short, T>(source, target); break;
            case (ElementKind.SignedInteger, 4): Convert<int, T>(source, target); break;
            case (ElementKind.SignedInteger, 8): Convert<long, T>(source, target); break;
            case (ElementKind.UnsignedInteger, 1): Convert<byte, T>(source, target); break;
            case (ElementKind.UnsignedInteger, 2): Convert<ushort, T>(source, target); break;
            case (ElementKind.UnsignedInteger, 4): Convert<uint, T>(source, target); break;
            case (ElementKind.UnsignedInteger, 8): Convert<ulong, T>(source, target); break;
            default: throw new UnreachableException($"No element type {type}.");
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<byte> source, Span<TTo> target)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo> =>
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, TFrom>(source), target);

    private static long Whole(double number)
    {
        // 2^63 itself is the first double past int64.
        const double pastEnd = 9223372036854775808.0;
        return Math.Floor(number) == number && number is >= -pastEnd and < pastEnd
            ? (long)number
            : throw new NotWholeException($"the number {number}");
    }
}
