using GnnReRank.Reports.Pictures;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.PixelFormats;

namespace GnnReRank.Tests.Reports.Pictures;

/// <summary>What is taken of a picture shows the same as the whole.</summary>
public sealed class PictureContentTests
{
    private static readonly Dictionary<string, IImageEncoder> s_encoders = new()
    {
        ["grey.png"] = new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit4 },
        ["palette.png"] = new PngEncoder { ColorType = PngColorType.Palette, BitDepth = PngBitDepth.Bit2, InterlaceMethod = PngInterlaceMode.Adam7 },
        ["wide.png"] = new PngEncoder { ColorType = PngColorType.RgbWithAlpha, BitDepth = PngBitDepth.Bit16 },
        ["colors.jpg"] = new JpegEncoder { ColorType = JpegColorType.YCbCrRatio420 },
        ["grey.jpg"] = new JpegEncoder { ColorType = JpegColorType.Luminance },
        ["a.gif"] = new GifEncoder { ColorTableMode = GifColorTableMode.Local },
        ["colors.bmp"] = new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel24 },
        ["palette.bmp"] = new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel8 },
        ["alpha.bmp"] = new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel32, SupportTransparency = true },
        ["lossy.webp"] = new WebpEncoder { FileFormat = WebpFileFormatType.Lossy },
        ["lossless.webp"] = new WebpEncoder { FileFormat = WebpFileFormatType.Lossless },
    };

    public static TheoryData<string> Kinds => [.. s_encoders.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ShowsTheSameAsTheWholeFile(string kind)
    {
        using MemoryStream file = new();
        using (Image<Rgba32> picture = Picture())
        {
            picture.Save(file, s_encoders[kind]);
        }

        PictureContent content = PictureContent.Of(file.ToArray())!;
        using Image<Rgba32> whole = Image.Load<Rgba32>(file.ToArray());
        using Image<Rgba32> kept = Image.Load<Rgba32>(content.Bytes);
        Assert.Equal(whole.Width * whole.Height, content.Pixels);
        Assert.Equal(Pixels(whole), Pixels(kept));
        Assert.Equal(whole.Metadata.ExifProfile?.GetValue(ExifTag.Orientation).Value, kept.Metadata.ExifProfile?.GetValue(ExifTag.Orientation).Value);
        Assert.Null(kept.Metadata.IccProfile);
    }

    /// <summary>The decoders catch what the stream throws, and no stop may be told as a damaged picture.</summary>
    [Fact]
    public void AStopIsNoFaultOfThePicture()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Thumbnail.TryMake(TestPaths.Data("pictures", "progressive.jpg"), out _, stop.Token));
    }

    /// <summary>Of an animation the first picture; one that says how it is turned is turned.</summary>
    [Theory]
    [InlineData("progressive.jpg", 32, 24)]
    [InlineData("cmyk.jpg", 32, 24)]
    [InlineData("turned.jpg", 24, 32)]
    [InlineData("animated.webp", 32, 24)]
    [InlineData("animated.gif", 32, 24)]
    [InlineData("interlaced.gif", 32, 24)]
    public void ReadsPicturesOfAnotherProgram(string file, int width, int height)
    {
        string? made = Thumbnail.TryMake(TestPaths.Data("pictures", file), out string? fault, TestContext.Current.CancellationToken);
        Assert.Null(fault);
        using Image<Rgba32> picture = Image.Load<Rgba32>(Convert.FromBase64String(made!));
        Assert.Equal((width, height), (picture.Width, picture.Height));

        // The gradient of make_picture_fixtures.py; JPEG, 16 colours and CMYK keep it roughly.
        (int column, int row) = width > height ? (25, 5) : (height - 1 - 5 - (height - width), 25);
        Rgba32 color = picture[column, row];
        Assert.InRange(color.R, 100 - 24, 100 + 24);
        Assert.InRange(color.G, 30 - 24, 30 + 24);
        Assert.InRange(color.B, 60 - 30, 60 + 30);
    }

    private static Image<Rgba32> Picture()
    {
        Image<Rgba32> picture = new(37, 21);
        for (int row = 0; row < picture.Height; row++)
        {
            for (int column = 0; column < picture.Width; column++)
            {
                picture[column, row] = new Rgba32((byte)(column * 6), (byte)(row * 12), (byte)((column * row) % 256), (byte)(column < 5 ? 100 : 255));
            }
        }

        picture.Metadata.ExifProfile = new ExifProfile();
        picture.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)3);
        picture.Metadata.IccProfile = new IccProfile(new byte[300]);
        picture.Metadata.GetPngMetadata().TextData.Add(new PngTextData("key", new string('x', 5000), string.Empty, string.Empty));
        return picture;
    }

    private static Rgba32[] Pixels(Image<Rgba32> picture) =>
        [.. from row in Enumerable.Range(0, picture.Height) from column in Enumerable.Range(0, picture.Width) select picture[column, row]];
}
