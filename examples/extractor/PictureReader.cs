using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace GnnReRank.Extractor;

/// <summary>Decodes pictures on white, upright and at one size.</summary>
internal sealed class PictureReader(int width, int height, PictureFit fit)
{
    // A picture takes four bytes a pixel; a few kilobytes can claim any number of them.
    private const long MostPixels = 50_000_000;
    private const long LargestFile = 64L << 20;

    /// <exception cref="ExtractionException">It cannot be read.</exception>
    public Image<Rgb24> Read(PictureFile picture)
    {
        try
        {
            if (new FileInfo(picture.Path).Length > LargestFile)
            {
                throw new ExtractionException($"'{picture.Path}' has more than {LargestFile >> 20} MB.");
            }

            byte[] content = File.ReadAllBytes(picture.Path);
            IImageInfo info = Image.Identify(content)
                ?? throw new ExtractionException($"'{picture.Path}' is no PNG, JPEG, WebP, GIF or BMP picture.");
            return (long)info.Width * info.Height <= MostPixels
                ? Decode(content)
                : throw new ExtractionException(
                    $"'{picture.Path}' is {info.Width} x {info.Height}, "
                    + $"more than {MostPixels / 1_000_000} million pixels.");
        }
        catch (Exception damage) when (damage is not (ExtractionException or OutOfMemoryException))
        {
            // The library meets damage in many ways, some of them faults of its own.
            throw new ExtractionException(
                $"'{picture.Path}' cannot be read: {damage.Message.ReplaceLineEndings(" ")}", damage);
        }
    }

    private Image<Rgb24> Decode(byte[] content)
    {
        using Image<Rgba32> picture = Image.Load<Rgba32>(content);
        ResizeMode mode = fit switch
        {
            PictureFit.Crop => ResizeMode.Crop,
            PictureFit.Pad => ResizeMode.Pad,
            _ => ResizeMode.Stretch,
        };

        ResizeOptions size = new()
        {
            Size = new Size(width, height),
            Mode = mode,
            PadColor = Color.White,
            Sampler = KnownResamplers.Triangle,
        };

        // White before the size: at the border a pixel's colour shall be that of what is seen.
        picture.Mutate(steps => steps.AutoOrient().BackgroundColor(Color.White).Resize(size));
        return picture.CloneAs<Rgb24>();
    }
}
