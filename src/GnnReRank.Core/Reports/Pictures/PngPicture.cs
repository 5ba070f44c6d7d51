using System.IO.Hashing;
using GnnReRank.Formats.Arrays;

namespace GnnReRank.Reports.Pictures;

/// <summary>A PNG picture: its header, palette, transparency and image data, whose checksums are verified.</summary>
internal static class PngPicture
{
    private const int HeaderLength = 13;
    private const int TypeLength = 4;
    private const int Palette = 3;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PictureContent Read(ReadOnlySpan<byte> file)
    {
        PictureFields fields = new(file);
        using MemoryStream kept = new();
        kept.Write(fields.Take(Signature.Length));
        (long pixels, long rawLength, long dataLength) = (0, 0, 0);
        bool isEnd = false;
        while (!isEnd)
        {
            ReadOnlySpan<byte> chunk = fields.Rest;
            uint length = fields.ReadUInt32BigEndian();
            ReadOnlySpan<byte> content = fields.Take((long)TypeLength + length);
            uint checksum = fields.ReadUInt32BigEndian();
            ReadOnlySpan<byte> type = content[..TypeLength];
            bool isHeader = type.SequenceEqual("IHDR"u8);
            bool isData = type.SequenceEqual("IDAT"u8);
            if (isHeader != (rawLength == 0))
            {
                throw new InvalidDataException("its header is missing, or there are two");
            }

            (pixels, rawLength) = isHeader ? Header(content[TypeLength..]) : (pixels, rawLength);
            dataLength += isData ? length : 0;
            isEnd = type.SequenceEqual("IEND"u8);
            bool isExif = type.SequenceEqual("eXIf"u8) && length <= PictureContent.LongestExif;
            if (isHeader || isData || isEnd || isExif || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("tRNS"u8))
            {
                RequireChecksum(content, checksum);
                kept.Write(chunk[..(int)(TypeLength + TypeLength + length + sizeof(uint))]);
            }
        }

        return Deflate.CanHold(dataLength, rawLength)
            ? new PictureContent(pixels, kept.ToArray())
            : throw new InvalidDataException($"its {pixels:N0} pixels cannot come of {dataLength:N0} bytes");
    }

    private static (long Pixels, long RawLength) Header(ReadOnlySpan<byte> content)
    {
        PictureFields header = new(content);
        (uint width, uint height) = (header.ReadUInt32BigEndian(), header.ReadUInt32BigEndian());
        (int bits, int colors) = (header.ReadByte(), header.ReadByte());
        if (content.Length != HeaderLength || width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || bits > 16 || colors > 6)
        {
            throw new InvalidDataException("its header is damaged");
        }

        // Grey, a palette's place or three colours, and transparency.
        int samples = colors == Palette ? 1 : ((colors & 2) != 0 ? 3 : 1) + ((colors & 4) != 0 ? 1 : 0);
        Int128 raw = (Int128)height * ((((long)width * samples * bits) + 7) / 8);
        return ((long)width * height, (long)Int128.Min(raw, long.MaxValue));
    }

    private static void RequireChecksum(ReadOnlySpan<byte> content, uint checksum)
    {
        if (Crc32.HashToUInt32(content) != checksum)
        {
            throw new InvalidDataException("a checksum in it does not agree");
        }
    }
}
