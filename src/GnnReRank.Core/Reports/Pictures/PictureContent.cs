namespace GnnReRank.Reports.Pictures;

/// <summary>
/// What of a picture's file a decoder is given: the first image, without texts, colour profiles and whatever else a small file can make
/// large. Every length that the file claims was held against the bytes it has.
/// </summary>
/// <param name="Pixels">The pixels that the decoder makes room for.</param>
/// <param name="Bytes">A file with nothing but the image, and how it is turned.</param>
internal sealed record PictureContent(long Pixels, byte[] Bytes)
{
    /// <summary>The longest EXIF block, which says how the picture is turned; a JPEG file holds none that is longer.</summary>
    public const int LongestExif = 1 << 16;

    /// <summary>Takes a file apart.</summary>
    /// <returns>What a decoder is given; null where the file is of no format that is read.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or made to take long; the message says what was found.</exception>
    public static PictureContent? Of(ReadOnlySpan<byte> file)
    {
        return PngPicture.Recognizes(file) ? PngPicture.Read(file)
            : JpegPicture.Recognizes(file) ? JpegPicture.Read(file)
            : GifPicture.Recognizes(file) ? GifPicture.Read(file)
            : WebpPicture.Recognizes(file) ? WebpPicture.Read(file)
            : BmpPicture.Recognizes(file) ? BmpPicture.Read(file)
            : null;
    }
}
