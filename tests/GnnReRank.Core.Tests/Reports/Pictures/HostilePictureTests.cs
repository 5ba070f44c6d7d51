using GnnReRank.Reports.Pictures;
using GnnReRank.Tests.Formats;
using static GnnReRank.Tests.Reports.Pictures.PictureBytes;

namespace GnnReRank.Tests.Reports.Pictures;

/// <summary>Small files that claim, unpack to or take the decoder through far more than they are long.</summary>
public sealed class HostilePictureTests
{
    private const long Little = 12 << 20;

    private static readonly byte[] s_bomb = Zlib(new byte[100 << 20]);
    private static readonly byte[] s_pixels = Zlib(new byte[5 * 4]);
    private static readonly byte[] s_lossless = [0x2F, 0x3F, 0xC0, 0x0F, 0x00, 0x07, 0x10, 0x11, 0xFD, 0x0F, 0x00, 0x09, 0xE1, 0xFF, 0x7B, 0x2D, 0xA2, 0xFF, 0xA9, 0x1F];

    [Theory]
    [InlineData("zTXt", new byte[] { (byte)'k', 0, 0 })]
    [InlineData("iTXt", new byte[] { (byte)'k', 0, 1, 0, 0, 0 })]
    [InlineData("iCCP", new byte[] { (byte)'k', 0, 0 })]
    [InlineData("eXIf", new byte[] { (byte)'k', 0, 0 })]
    public void WhatAPngUnpacksToIsNotUnpacked(string type, byte[] start) =>
        AssertRead(Png(4, 4, s_pixels, PngChunk(System.Text.Encoding.ASCII.GetBytes(type), [.. start, .. s_bomb])));

    [Fact]
    public void APngMustHoldWhatItClaims()
    {
        AssertRead(Png(4, 4, s_pixels));
        AssertRefused("6,000,000 pixels cannot come of", Png(3000, 2000, s_pixels));
        AssertRefused("more than 50 million pixels", Png(10_000, 10_000, s_bomb));
        AssertRefused("header is damaged", Png(0, 4, s_pixels));
        byte[] damaged = Png(4, 4, s_pixels);
        damaged[^17] ^= 1;
        AssertRefused("checksum", damaged);
        byte[] claims = [.. Png(4, 4, s_pixels)[..33], 0x7F, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, 1, 2, 3];
        AssertRefused("it claims 2,147,483,651 bytes", claims);
    }

    [Fact]
    public void AJpegHasOneFrameAndFewScans()
    {
        byte[] valid = File.ReadAllBytes(TestPaths.Data("pictures", "progressive.jpg"));
        int scan = valid.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] scans = [.. Enumerable.Repeat(valid[scan..^2], 100).SelectMany(bytes => bytes)];
        AssertRefused("more than 64 scans", [.. valid[..^2], .. scans, 0xFF, 0xD9]);
        int frame = valid.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]);
        AssertRefused("two frames", [.. valid[..frame], .. valid[frame..scan], .. valid[frame..]]);
        byte[] tables = [.. Enumerable.Repeat(JpegSegment(0xDD, [0, 0]), 5000).SelectMany(bytes => bytes)];
        AssertRefused("more than 4,096 tables", [.. valid[..2], .. tables, .. valid[2..]]);
        AssertRefused("no frame", valid[..2].Concat(JpegSegment(0xFE, [1])).ToArray());
        byte[] large = [.. valid];
        large.AsSpan(frame + 5, 4).Fill(0xFF);
        AssertRefused("more than 50 million pixels", large);
    }

    /// <summary>The decoder joins a profile's parts anew with each.</summary>
    [Fact]
    public void ProfilesAndCommentsOfAJpegAreLeftOut()
    {
        byte[] valid = File.ReadAllBytes(TestPaths.Data("pictures", "progressive.jpg"));
        byte[] profile = [.. Enumerable.Repeat(JpegSegment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 255, .. new byte[65_000]]), 60).SelectMany(bytes => bytes)];
        byte[] comments = [.. Enumerable.Repeat(JpegSegment(0xFE, new byte[65_000]), 60).SelectMany(bytes => bytes)];
        AssertRead([.. valid[..2], .. profile, .. comments, .. valid[2..]], leastAllocated: profile.Length + comments.Length);
    }

    [Fact]
    public void OfAGifTheFirstImageIsRead()
    {
        AssertRead(Gif(4, 4, 1, 1, []));
        AssertRead(Gif(4, 4, 1, 1, [], images: 50_000));
        byte[] comment = [0x21, 0xFE, .. Enumerable.Repeat<byte[]>([0xFF, .. new byte[255]], 40).SelectMany(bytes => bytes), 0];
        AssertRead(Gif(4, 4, 1, 1, [.. Enumerable.Repeat(comment, 100).SelectMany(bytes => bytes)]));
        AssertRefused("more than 50 million pixels", Gif(4, 4, 65535, 65535, []));
        AssertRefused("more than 50 million pixels", Gif(65535, 65535, 1, 1, []));
        AssertRefused("no image", Gif(4, 4, 1, 1, [0x3B]));
        AssertRefused("it claims 255 bytes", Gif(4, 4, 1, 1, [0x21, 0xFE, 0xFF]));
    }

    [Fact]
    public void ABmpMustHoldWhatItClaims()
    {
        AssertRead(Bmp(4, 4, 24, 54, new byte[48]));
        AssertRead(Bmp(4, -4, 24, 54, new byte[48]));
        AssertRefused("6,000,000 pixels take 18,000,000 bytes, and 48 are there", Bmp(3000, 2000, 24, 54, new byte[48]));
        AssertRefused("header is damaged", Bmp(4, 4, 8, 0x7FFFFFF0, new byte[48]));
        AssertRefused("header is damaged", Bmp(-4, 4, 24, 54, new byte[48]));
        AssertRefused("more than 50 million pixels", Bmp(20_000, 20_000, 8, 54, new byte[48], compression: 1));
        AssertRefused("more than 50 million pixels", Bmp(20_000, int.MinValue, 24, 54, new byte[48]));
    }

    [Fact]
    public void AWebpMustHoldWhatItClaims()
    {
        byte[] image = WebpChunk("VP8L"u8, s_lossless);
        byte[] extended = WebpChunk("VP8X"u8, [0x28, 0, 0, 0, 63, 0, 0, 63, 0, 0]);
        AssertRead(Webp(image));
        AssertRead(Webp(extended, WebpChunk("ICCP"u8, new byte[100_000]), image));
        AssertRefused("it claims 2,147,483,392 bytes", Webp(extended, WebpChunk("ICCP"u8, [1, 2, 3, 4], 0x7FFFFF00), image));
        AssertRefused("it claims 2,147,483,392 bytes", Webp(extended, image, WebpChunk("EXIF"u8, [1, 2, 3, 4], 0x7FFFFF00)));
        AssertRefused("more than 50 million pixels", Webp(WebpChunk("VP8L"u8, [0x2F, 0xFF, 0xFF, 0xFF, 0x0F, .. s_lossless[5..]])));
        AssertRefused("no image", Webp(extended));
        AssertRefused("its mark", Webp(WebpChunk("VP8 "u8, new byte[20])));

        // Animations within animations: no nesting runs deep.
        byte[] nested = image;
        for (int level = 0; level < 1000; level++)
        {
            nested = WebpChunk("ANMF"u8, [.. new byte[16], .. nested]);
        }

        AssertRefused("no image", Webp(extended, nested));
    }

    private static void AssertRead(byte[] file, long leastAllocated = 0)
    {
        (string? made, string? fault) = Made(file, leastAllocated + Little);
        Assert.Null(fault);
        Assert.NotNull(made);
    }

    private static void AssertRefused(string what, byte[] file)
    {
        (string? made, string? fault) = Made(file, Little);
        Assert.Null(made);
        Assert.Contains(what, fault);
    }

    private static (string? Made, string? Fault) Made(byte[] file, long mostAllocated)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["picture"], file);
        (string? made, string? fault) = (null, null);
        Allocation.AssertBelow(mostAllocated, () => made = Thumbnail.TryMake(folder["picture"], out fault, TestContext.Current.CancellationToken));
        return (made, fault);
    }
}
