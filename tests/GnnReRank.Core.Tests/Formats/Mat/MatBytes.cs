using System.IO.Compression;
using System.Text;

namespace GnnReRank.Tests.Formats.Mat;

/// <summary>Puts little-endian level 5 MAT-files together by hand, right or wrong.</summary>
internal static class MatBytes
{
    public const int Int8Type = 1;
    public const int Int32Type = 5;
    public const int UInt32Type = 6;
    public const int DoubleType = 9;
    public const int MatrixType = 14;
    public const int CompressedType = 15;

    public const int CellClass = 1;
    public const int StructClass = 2;
    public const int CharClass = 4;
    public const int DoubleClass = 6;

    public static byte[] File(params byte[][] elements) =>
        [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(124)), 0, 1, (byte)'I', (byte)'M', .. elements.SelectMany(element => element)];

    public static byte[] Element(int type, byte[] data) => Element(type, (uint)data.Length, [.. data, .. new byte[-data.Length & 7]]);

    public static byte[] Element(int type, uint claimedSize, byte[] data) => [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(claimedSize), .. data];

    public static byte[] Header(string name, int arrayClass, int[] shape) =>
    [
        .. Element(UInt32Type, Ints(arrayClass, 0)),
        .. Element(Int32Type, Ints(shape)),
        .. Element(Int8Type, Encoding.ASCII.GetBytes(name)),
    ];

    public static byte[] Variable(string name, int arrayClass, int[] shape, params byte[][] content) => Element(
        MatrixType, [.. Header(name, arrayClass, shape), .. content.SelectMany(element => element)]);

    public static byte[] Doubles(params double[] values) => Element(DoubleType, values.SelectMany(BitConverter.GetBytes).ToArray());

    public static byte[] Compressed(byte[] element)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(element);
        }

        return Element(CompressedType, (uint)stream.Length, stream.ToArray());
    }

    private static byte[] Ints(params int[] values) => values.SelectMany(BitConverter.GetBytes).ToArray();
}
