using System.Buffers.Binary;

namespace GnnReRank.Reports.Pictures;

/// <summary>A WebP picture: its image, of an animation the first one, with transparency and how it is turned.</summary>
internal static class WebpPicture
{
    private const int FileHeaderLength = 12;
    private const int NameLength = 4;
    private const int FrameHeaderLength = 16;
    private const int HasAlpha = 0x10;
    private const int HasExif = 0x08;
    private const int SizeMask = 0x3FFF;
    private const int SizeBits = 14;
    private const int LossyHeaderLength = 6;
    private const int KeyFrame = 0;

    public static bool Recognizes(ReadOnlySpan<byte> file) =>
        file.Length >= FileHeaderLength && file.StartsWith("RIFF"u8) && file[(FileHeaderLength - NameLength)..].StartsWith("WEBP"u8);

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PictureContent Read(ReadOnlySpan<byte> file)
    {
        PictureFields fields = new(file);
        fields.Take(NameLength);
        ReadOnlySpan<byte> content = fields.Take(fields.ReadUInt32())[NameLength..];
        using MemoryStream kept = new();
        int flags = 0;
        (int width, int height) = (0, 0);
        Keep(content, kept, isFrame: false, ref flags, ref width, ref height);
        if (width == 0 || height == 0)
        {
            throw new InvalidDataException("it holds no image");
        }

        // Those of the newer form first say what follows.
        byte[] extended = [(byte)flags, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)];
        byte[] chunks = flags == 0 ? kept.ToArray() : [.. Chunk("VP8X"u8, extended), .. kept.ToArray()];
        return new PictureContent((long)width * height, Chunk("RIFF"u8, [.. "WEBP"u8, .. chunks]));
    }

    private static void Keep(ReadOnlySpan<byte> content, MemoryStream kept, bool isFrame, ref int flags, ref int width, ref int height)
    {
        PictureFields fields = new(content);
        while (!fields.IsAtEnd)
        {
            ReadOnlySpan<byte> name = fields.Take(NameLength);
            uint length = fields.ReadUInt32();
            ReadOnlySpan<byte> chunk = fields.Take(length);
            fields.Take(fields.IsAtEnd ? 0 : length % 2);
            bool isFirst = width == 0;
            bool isKept = true;
            if (name.SequenceEqual("ANMF"u8) && isFirst && !isFrame)
            {
                Keep(chunk[Math.Min(FrameHeaderLength, chunk.Length)..], kept, isFrame: true, ref flags, ref width, ref height);
                isKept = false;
            }
            else if (name.SequenceEqual("VP8 "u8) && isFirst)
            {
                (width, height) = Lossy(chunk);
            }
            else if (name.SequenceEqual("VP8L"u8) && isFirst)
            {
                (width, height) = Lossless(chunk);
            }
            else if (name.SequenceEqual("ALPH"u8) && isFirst)
            {
                flags |= HasAlpha;
            }
            else if (name.SequenceEqual("EXIF"u8) && (flags & HasExif) == 0 && length <= PictureContent.LongestExif)
            {
                flags |= HasExif;
            }
            else
            {
                isKept = false;
            }

            kept.Write(isKept ? Chunk(name, chunk) : default(ReadOnlySpan<byte>));
        }
    }

    private static (int Width, int Height) Lossy(ReadOnlySpan<byte> chunk)
    {
        PictureFields fields = new(chunk);
        ReadOnlySpan<byte> header = fields.Take(LossyHeaderLength);
        return (header[0] & 1) == KeyFrame && header[3..].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? (fields.ReadUInt16() & SizeMask, fields.ReadUInt16() & SizeMask)
            : throw new InvalidDataException("its image does not start with its mark");
    }

    private static (int Width, int Height) Lossless(ReadOnlySpan<byte> chunk)
    {
        PictureFields fields = new(chunk);
        if (fields.ReadByte() != 0x2F)
        {
            throw new InvalidDataException("its image does not start with its mark");
        }

        uint sizes = fields.ReadUInt32();
        return ((int)(sizes & SizeMask) + 1, (int)((sizes >> SizeBits) & SizeMask) + 1);
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[NameLength + sizeof(uint) + content.Length + (content.Length % 2)];
        name.CopyTo(chunk);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(NameLength), content.Length);
        content.CopyTo(chunk.AsSpan(NameLength + sizeof(uint)));
        return chunk;
    }

    private static byte[] Three(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16)];
}
