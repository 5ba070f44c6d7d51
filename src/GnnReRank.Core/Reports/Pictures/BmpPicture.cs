namespace GnnReRank.Reports.Pictures;

/// <summary>A BMP picture, which has nothing but its image.</summary>
internal static class BmpPicture
{
    private const int FileHeaderLength = 14;
    private const int DataOffset = 10;
    private const int OldHeaderLength = 12;
    private const int RunLength8 = 1;
    private const int RunLength4 = 2;
    private const int RunLength24 = 4;
    private const int RowAlignment = 4;

    public static bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith("BM"u8);

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PictureContent Read(ReadOnlySpan<byte> file)
    {
        PictureFields fields = new(file);
        fields.Take(DataOffset);
        uint start = fields.ReadUInt32();
        int headerLength = fields.ReadInt32();
        bool isOld = headerLength == OldHeaderLength;
        (long width, long height) = isOld ? (fields.ReadUInt16(), fields.ReadUInt16()) : (fields.ReadInt32(), Math.Abs((long)fields.ReadInt32()));
        fields.ReadUInt16();
        int bits = fields.ReadUInt16();
        uint compression = isOld ? 0 : fields.ReadUInt32();
        if (width <= 0 || height == 0 || headerLength < OldHeaderLength || start > file.Length || start < FileHeaderLength)
        {
            throw new InvalidDataException("its header is damaged");
        }

        long rowLength = ((width * bits) + 31) / 32 * RowAlignment;
        bool isPlain = compression is not (RunLength8 or RunLength4 or RunLength24);
        return !isPlain || (Int128)rowLength * height <= file.Length - start || width * height > Thumbnail.MostPixels
            ? new PictureContent(width * height, file.ToArray())
            : throw new InvalidDataException($"its {width * height:N0} pixels take {(Int128)rowLength * height:N0} bytes, and {file.Length - start:N0} are there");
    }
}
