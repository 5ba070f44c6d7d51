namespace GnnReRank.Reports.Pictures;

/// <summary>A GIF picture: its first image; an animation may have any number of them.</summary>
internal static class GifPicture
{
    private const byte Extension = 0x21;
    private const byte GraphicControl = 0xF9;
    private const byte Image = 0x2C;
    private const byte Trailer = 0x3B;
    private const int SignatureLength = 6;
    private const int ScreenLength = 7;
    private const int ScreenFlags = 4;
    private const int ImageLength = 9;
    private const int ImageFlags = 8;
    private const int HasColors = 0x80;
    private const int ColorBytes = 3;

    public static bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8);

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PictureContent Read(ReadOnlySpan<byte> file)
    {
        PictureFields fields = new(file);
        using MemoryStream kept = new();
        kept.Write(fields.Take(SignatureLength));
        ReadOnlySpan<byte> screen = fields.Take(ScreenLength);
        kept.Write(screen);
        kept.Write(fields.Take(ColorLength(screen[ScreenFlags])));
        while (true)
        {
            int start = fields.Position;
            switch (fields.ReadByte())
            {
                case Extension:
                    byte kind = fields.ReadByte();
                    SkipBlocks(ref fields);
                    kept.Write(kind == GraphicControl ? file[start..fields.Position] : default);
                    break;
                case Image:
                    ReadOnlySpan<byte> image = fields.Take(ImageLength);
                    fields.Take(ColorLength(image[ImageFlags]));
                    fields.ReadByte();
                    SkipBlocks(ref fields);
                    kept.Write(file[start..fields.Position]);
                    kept.WriteByte(Trailer);
                    return new PictureContent(Math.Max(Pixels(screen), Pixels(image[4..])), kept.ToArray());
                default:
                    throw new InvalidDataException("it holds no image");
            }
        }
    }

    private static long Pixels(ReadOnlySpan<byte> extents)
    {
        PictureFields fields = new(extents);
        return (long)fields.ReadUInt16() * fields.ReadUInt16();
    }

    private static int ColorLength(byte flags) => (flags & HasColors) != 0 ? ColorBytes << ((flags & 7) + 1) : 0;

    private static void SkipBlocks(ref PictureFields fields)
    {
        for (int length = fields.ReadByte(); length > 0; length = fields.ReadByte())
        {
            fields.Take(length);
        }
    }
}
