namespace GnnReRank.Reports.Pictures;

/// <summary>A JPEG picture: its tables, one frame and its scans.</summary>
internal static class JpegPicture
{
    // A progressive picture is made in about ten; each passes over all its pixels, however few bytes it has.
    private const int MostScans = 64;

    // Each table takes the decoder far longer than its bytes say.
    private const int MostTables = 4096;

    private const byte MarkerStart = 0xFF;
    private const byte FirstStandalone = 0x01;
    private const byte FirstRestart = 0xD0;
    private const byte LastRestart = 0xD7;
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;
    private const byte HuffmanTables = 0xC4;
    private const byte Reserved = 0xC8;
    private const byte ArithmeticTables = 0xCC;
    private const byte QuantizationTables = 0xDB;
    private const byte RestartInterval = 0xDD;
    private const byte Jfif = 0xE0;
    private const byte Exif = 0xE1;
    private const byte Adobe = 0xEE;

    public static bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[MarkerStart, Start, MarkerStart]);

    /// <exception cref="InvalidDataException">It is damaged, or made to take long.</exception>
    public static PictureContent Read(ReadOnlySpan<byte> file)
    {
        PictureFields fields = new(file);
        using MemoryStream kept = new();
        kept.Write(fields.Take(2));
        (long pixels, int scans, int tables) = (0, 0, 0);
        bool hasExif = false;

        while (NextMarker(ref fields) is not End and byte marker)
        {
            ReadOnlySpan<byte> segment = fields.Rest;
            int length = fields.ReadUInt16BigEndian();
            ReadOnlySpan<byte> content = fields.Take((long)length - 2);
            switch (marker)
            {
                case >= 0xC0 and <= 0xCF and not (HuffmanTables or Reserved or ArithmeticTables):
                    pixels = pixels == 0 ? Pixels(content) : throw new InvalidDataException("it has two frames");
                    break;
                case HuffmanTables or ArithmeticTables or QuantizationTables or RestartInterval:
                    tables = Counted(tables, MostTables, "tables");
                    break;
                case Scan:
                    scans = Counted(scans, MostScans, "scans");
                    length += SkipScan(ref fields);
                    break;
                case Exif when !hasExif && content.StartsWith("Exif\0\0"u8):
                    hasExif = true;
                    break;
                case Jfif or Adobe:
                    tables = Counted(tables, MostTables, "tables");
                    break;
                default:
                    continue;
            }

            kept.Write([MarkerStart, marker]);
            kept.Write(segment[..length]);
        }

        kept.Write([MarkerStart, End]);
        return pixels > 0 ? new PictureContent(pixels, kept.ToArray()) : throw new InvalidDataException("it has no frame");
    }

    // As other programs do: what stands between segments is passed over, and a picture that is cut short shows what there is.
    private static byte NextMarker(ref PictureFields fields)
    {
        while (fields.Rest.IndexOf(MarkerStart) is >= 0 and int distance)
        {
            fields.Take(distance + 1);
            byte marker = fields.IsAtEnd ? End : fields.Rest[0];
            if (marker == MarkerStart)
            {
                continue;
            }

            fields.Take(fields.IsAtEnd ? 0 : 1);
            if (marker is > FirstStandalone and not (>= FirstRestart and <= LastRestart))
            {
                return marker;
            }
        }

        return End;
    }

    private static long Pixels(ReadOnlySpan<byte> frame)
    {
        PictureFields fields = new(frame);
        fields.ReadByte();
        long pixels = (long)fields.ReadUInt16BigEndian() * fields.ReadUInt16BigEndian();
        return pixels > 0 ? pixels : throw new InvalidDataException("it has no pixels");
    }

    private static int Counted(int count, int most, string what) =>
        count < most ? count + 1 : throw new InvalidDataException($"it has more than {most:N0} {what}");

    // The data goes on up to a marker that is neither a restart nor a byte 0xFF of the data itself, behind which stands a zero.
    private static int SkipScan(ref PictureFields fields)
    {
        ReadOnlySpan<byte> rest = fields.Rest;
        int end = 0;
        while (true)
        {
            int next = rest[end..].IndexOf(MarkerStart);
            if (next < 0 || end + next + 1 >= rest.Length)
            {
                end = rest.Length;
                break;
            }

            end += next;
            if (rest[end + 1] is not (0 or (>= FirstRestart and <= LastRestart) or MarkerStart))
            {
                break;
            }

            end += rest[end + 1] == MarkerStart ? 1 : 2;
        }

        fields.Take(end);
        return end;
    }
}
