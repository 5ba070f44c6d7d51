using GnnReRank.Formats.Files;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace GnnReRank.Reports.Pictures;

/// <summary>
/// Small JPEG copies of pictures that nobody vouches for: decoded in managed code, refused where they are too large before that,
/// and without the metadata of the original.
/// </summary>
internal static class Thumbnail
{
    /// <summary>The most bytes of a picture file.</summary>
    public const long LargestFile = 64L << 20;

    /// <summary>The most pixels of a picture: what it takes in memory is four times as many bytes.</summary>
    public const long MostPixels = 50_000_000;

    // Twice the size at which they are shown, for fine screens.
    private const int Width = 184;
    private const int Height = 224;
    private const int Quality = 75;

    private static readonly Configuration s_formats = Formats();

    /// <summary>Makes a thumbnail.</summary>
    /// <param name="path">The picture's file; null for a name that is no path in the folder.</param>
    /// <param name="fault">Why there is none, as a sentence; null where there is one.</param>
    /// <param name="cancellation">Stops the work, also within a picture.</param>
    /// <returns>A JPEG in base64, or null.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static string? TryMake(string? path, out string? fault, CancellationToken cancellation)
    {
        fault = path is null ? "its name is no path within -ImageRoot."
            : !File.Exists(path) ? "there is no such file in -ImageRoot."
            : InputFile.LengthOf(path) > LargestFile ? $"its file has more than {LargestFile >> 20} MB."
            : null;
        return fault is null ? TryRead(path!, out fault, cancellation) : null;
    }

    private static string? TryRead(string path, out string? fault, CancellationToken cancellation)
    {
        try
        {
            PictureContent? content = PictureContent.Of(InputFile.ReadAllBytes(path));
            fault = content is null ? "it is no JPEG, PNG, WebP, GIF or BMP picture."
                : content.Pixels > MostPixels ? $"it has more than {MostPixels / 1_000_000} million pixels."
                : null;
            return fault is null ? TryDecode(content!.Bytes, out fault, cancellation) : null;
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or UnauthorizedAccessException or GnnReRankException)
        {
            fault = Unreadable(damage);
            return null;
        }
    }

    // The library meets damage in many ways, some of them faults of its own, and one picture must not cost the report. Nothing but the
    // library runs in here.
    private static string? TryDecode(byte[] content, out string? fault, CancellationToken cancellation)
    {
        try
        {
            using StoppableStream stream = new(content, cancellation);
            using Image<Rgba32> picture = Image.Load<Rgba32>(s_formats, stream);
            fault = null;
            return Encode(picture, cancellation);
        }
        catch (Exception damage) when (damage is not OutOfMemoryException)
        {
            cancellation.ThrowIfCancellationRequested();
            fault = Unreadable(damage);
            return null;
        }
    }

    private static string Unreadable(Exception damage) => $"it could not be read ({damage.Message.ReplaceLineEndings(" ").TrimEnd('.')}).";

    private static string Encode(Image picture, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ImageMetadata metadata = picture.Metadata;
        picture.Mutate(steps => steps.AutoOrient());
        cancellation.ThrowIfCancellationRequested();
        if (picture.Width > Width || picture.Height > Height)
        {
            picture.Mutate(steps => steps.Resize(new ResizeOptions { Size = new Size(Width, Height), Mode = ResizeMode.Max }));
        }

        picture.Mutate(steps => steps.BackgroundColor(Color.White));
        metadata.ExifProfile = null;
        metadata.IccProfile = null;
        metadata.IptcProfile = null;
        metadata.XmpProfile = null;
        using MemoryStream jpeg = new();
        picture.Save(jpeg, new JpegEncoder { Quality = Quality });
        return Convert.ToBase64String(jpeg.GetBuffer(), 0, (int)jpeg.Length);
    }

    private static Configuration Formats()
    {
        Configuration formats = new(
            new JpegConfigurationModule(), new PngConfigurationModule(), new GifConfigurationModule(),
            new BmpConfigurationModule(), new WebpConfigurationModule())
        {
            // The report's own threads are enough.
            MaxDegreeOfParallelism = 1,
        };
        return formats;
    }
}
