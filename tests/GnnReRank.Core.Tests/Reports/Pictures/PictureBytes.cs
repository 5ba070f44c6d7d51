using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace GnnReRank.Tests.Reports.Pictures;

/// <summary>Puts pictures together by hand, right or wrong.</summary>
internal static class PictureBytes
{
    public static byte[] Png(int width, int height, byte[] data, params byte[][] chunks) =>
    [
        0x89, .. "PNG"u8, 0x0D, 0x0A, 0x1A, 0x0A, .. PngChunk("IHDR"u8, [.. Big(width), .. Big(height), 8, 0, 0, 0, 0]),
        .. chunks.SelectMany(chunk => chunk), .. PngChunk("IDAT"u8, data), .. PngChunk("IEND"u8, []),
    ];

    public static byte[] PngChunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] checkedBytes = [.. type, .. content];
        return [.. Big(content.Length), .. checkedBytes, .. Big((int)Crc32.HashToUInt32(checkedBytes))];
    }

    public static byte[] JpegSegment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    /// <summary>A GIF of one colour: a screen, extensions, and images of one pixel's data.</summary>
    public static byte[] Gif(int width, int height, int imageWidth, int imageHeight, byte[] extensions, int images = 1)
    {
        byte[] image = [0x2C, 0, 0, 0, 0, .. Short(imageWidth), .. Short(imageHeight), 0, 2, 2, 0x4C, 1, 0];
        return
        [
            .. "GIF89a"u8, .. Short(width), .. Short(height), 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, .. extensions,
            .. Enumerable.Repeat(image, images).SelectMany(bytes => bytes), 0x3B,
        ];
    }

    public static byte[] Bmp(int width, int height, int bits, uint start, byte[] data, uint compression = 0) =>
    [
        .. "BM"u8, .. new byte[8], .. BitConverter.GetBytes(start), .. BitConverter.GetBytes(40), .. BitConverter.GetBytes(width),
        .. BitConverter.GetBytes(height), .. Short(1), .. Short(bits), .. BitConverter.GetBytes(compression), .. new byte[20], .. data,
    ];

    public static byte[] Webp(params byte[][] chunks) => WebpChunk("RIFF"u8, [.. "WEBP"u8, .. chunks.SelectMany(chunk => chunk)]);

    public static byte[] WebpChunk(ReadOnlySpan<byte> name, byte[] content, uint? claimed = null) =>
        [.. name, .. BitConverter.GetBytes(claimed ?? (uint)content.Length), .. content, .. new byte[content.Length % 2]];

    public static byte[] Zlib(byte[] content)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return stream.ToArray();
    }

    private static byte[] Short(int number) => BitConverter.GetBytes((ushort)number);

    private static byte[] Big(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
