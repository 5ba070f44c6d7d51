using System.Text.Json;
using GnnReRank.Reports.Pictures;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace GnnReRank.Tests.Reports;

/// <summary>Pictures by link and inside the file, and files that are no pictures.</summary>
public sealed class ReportPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReportPictureTests() => Directory.CreateDirectory(_folder["pictures", "sub dir"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LinksAreRelativeToTheReport()
    {
        Save("sub dir/a#1.png", 4, 4);
        List<string> warnings = [];
        JsonElement data = Data(["sub dir/a#1.png", "missing.png", "../outside.png"], embed: false, warnings);
        Assert.Equal("./pictures/sub%20dir/", data.GetProperty("gallery").GetProperty("folder").GetString());
        Assert.Equal("./pictures/", data.GetProperty("query").GetProperty("folder").GetString());
        Assert.Contains(warnings, warning => warning.StartsWith("2 of 3 pictures are not in", StringComparison.Ordinal) && warning.Contains("'missing.png'"));
    }

    [Fact]
    public void EmbeddedPicturesAreSmallJpegsWithoutMetadata()
    {
        Save("wide.png", 800, 200);
        Save("small.png", 8, 12);
        File.WriteAllText(_folder["pictures", "broken.jpg"], "no picture");
        List<string> warnings = [];
        string?[] pictures = ReportCase.Texts(Data(["wide.png", "small.png", "broken.jpg"], embed: true, warnings).GetProperty("query").GetProperty("pictures"));
        using Image wide = Image.Load(Convert.FromBase64String(pictures[0]!));
        using Image small = Image.Load(Convert.FromBase64String(pictures[1]!));

        // Within 184 x 224, the shape kept: 800 x 200 becomes 184 x 46.
        Assert.Equal((184, 46), (wide.Width, wide.Height));
        Assert.Equal((8, 12), (small.Width, small.Height));
        Assert.Null(wide.Metadata.ExifProfile);
        Assert.Null(pictures[2]);
        Assert.Contains(warnings, warning => warning.StartsWith("1 of 3 pictures could not be embedded", StringComparison.Ordinal) && warning.Contains("'broken.jpg'"));
    }

    [Theory]
    [InlineData("../outside.png")]
    [InlineData("a/../../outside.png")]
    [InlineData("a\\..\\..\\outside.png")]
    [InlineData("C:/outside.png")]
    [InlineData("")]
    [InlineData("a\0b.png")]
    public void ANameCannotLeaveTheFolder(string name) => Assert.Null(new PictureFolder(_folder["pictures"]).FileOf(name));

    [Fact]
    public void APictureOutsideIsNotEmbedded()
    {
        Save("../outside.png", 4, 4);
        List<string> warnings = [];
        string?[] pictures = ReportCase.Texts(Data(["../outside.png", "x", "y"], embed: true, warnings).GetProperty("query").GetProperty("pictures"));
        Assert.Equal([null, null, null], pictures);
        Assert.Contains(warnings, warning => warning.Contains("no path within -ImageRoot"));
    }

    [Fact]
    public void AFullPathUnderTheFolderIsShownWithoutIt()
    {
        Save("a.png", 4, 4);
        string full = _folder["pictures", "a.png"];
        PictureFolder folder = new(_folder["pictures"]);
        Assert.Equal("a.png", folder.NameOf(full));
        Assert.Equal(full, folder.FileOf(full));
        Assert.Equal("/elsewhere/a.png", folder.NameOf("/elsewhere/a.png"));
    }

    [Fact]
    public void APictureThatClaimsTooManyPixelsIsNotDecoded()
    {
        // A BMP header of 20,000 x 20,000 pixels and nothing behind it.
        byte[] header = new byte[54];
        "BM"u8.CopyTo(header);
        BitConverter.TryWriteBytes(header.AsSpan(10), 54);
        BitConverter.TryWriteBytes(header.AsSpan(14), 40);
        BitConverter.TryWriteBytes(header.AsSpan(18), 20_000);
        BitConverter.TryWriteBytes(header.AsSpan(22), 20_000);
        BitConverter.TryWriteBytes(header.AsSpan(26), (short)1);
        BitConverter.TryWriteBytes(header.AsSpan(28), (short)24);
        string path = _folder["large.bmp"];
        File.WriteAllBytes(path, header);
        Assert.Null(Thumbnail.TryMake(path, out string? fault, TestContext.Current.CancellationToken));
        Assert.Equal("it has more than 50 million pixels.", fault);
    }

    [Fact]
    public void TheBudgetIsForAllPicturesTogetherAndEndsWithTheFirstThatDoesNotFit()
    {
        PictureBudget budget = new();
        Assert.True(budget.TryTake(PictureBudget.Limit - 1));
        Assert.True(budget.TryTake(1));
        Assert.False(budget.IsSpent);
        Assert.False(budget.TryTake(1));
        Assert.True(budget.IsSpent);
        Assert.False(budget.TryTake(0));
    }

    // The first picture takes longest to make: whoever takes pictures as they come takes the others before it.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void WhichPicturesFitIsDecidedInTheirOrder(int threads)
    {
        Save("slow.png", 2500, 2500);
        string[] names = ["slow.png", .. Enumerable.Range(0, 200).Select(i => $"{i}.png")];
        Save("0.png", 4, 4);
        Save("1.png", 4, 4);
        foreach (string name in names[3..])
        {
            File.Copy(_folder["pictures", "0.png"], _folder["pictures", name]);
        }

        File.Delete(_folder["pictures", "150.png"]);
        int slow = Thumbnail.TryMake(_folder["pictures", "slow.png"], out _, TestContext.Current.CancellationToken)!.Length;
        int small = Thumbnail.TryMake(_folder["pictures", "0.png"], out _, TestContext.Current.CancellationToken)!.Length;
        List<string> warnings = [];
        PictureSet pictures = PictureSet.Of(
            new FeatureMatrix([.. Enumerable.Repeat(1f, names.Length)], names.Length, 1, names: names),
            [.. Enumerable.Range(0, names.Length)], _folder["pictures"], _folder[[]], new PictureBudget(slow + (2 * small)),
            embeds: true, new ComputeOptions { ThrottleLimit = threads, Warn = warnings.Add });
        Assert.Equal(Enumerable.Range(0, names.Length).Select(i => i < 3), pictures.Thumbnails!.Select(picture => picture is not null));

        // 201 pictures, three of them embedded. What lies beyond the limit is not opened, so nobody knows that one is not there.
        Assert.StartsWith("198 of 201 pictures were left out", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private JsonElement Data(string[] queryNames, bool embed, List<string> warnings) =>
        ReportCase.Data(ReportCase.Write(_folder, ReportCase.ThreeQueries(queryNames, ["a", "b", "c", "d", "e"]), new ReportOptions
        {
            QueryFolder = _folder["pictures"],
            GalleryFolder = _folder["pictures", "sub dir"],
            Embed = embed,
            Compute = new ComputeOptions { Warn = warnings.Add },
        }));

    private void Save(string name, int width, int height)
    {
        using Image<Rgb24> image = new(width, height, new Rgb24(200, 40, 90));
        image.SaveAsPng(Path.Combine(_folder["pictures"], name));
    }
}
