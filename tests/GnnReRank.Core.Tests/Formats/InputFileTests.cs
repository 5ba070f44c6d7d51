using System.Diagnostics;
using GnnReRank.Reports.Pictures;
using GnnReRank.Tests.Datasets.Landmarks;

namespace GnnReRank.Tests.Formats;

/// <summary>Paths that are no regular file, and files that are not what their names say.</summary>
public sealed class InputFileTests
{
    private static readonly (string Content, string? Title)[] s_pages =
    [
        ("<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>500 Internal Server Error</title>", "500 Internal Server Error"),
        ("\uFEFF\r\n  <html>\n<head></head><body>Quota exceeded</body></html>", null),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "AccessDenied"),
        ("404: Not Found", "404: Not Found"),
    ];

    public static TheoryData<string> DataFiles =>
    [
        "a.npy", "a.npz", "a.parquet", "a.arrow", "a.csv", "a.csv.gz", "a.tsv", "a.mat", "a.h5", "a.pkl", "a.pth", "a.safetensors", "a.fvecs", "a.bvecs", "a.ivecs",
    ];

    [Theory]
    [InlineData("pipe.csv")]
    [InlineData("pipe.npy")]
    [InlineData("pipe.parquet")]
    public void RefusesAPipeWithoutWaitingForItsWriter(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");
        using TemporaryFolder folder = new();
        MakePipe(folder[name]);
        AssertNoRegularFile(() => FeatureFile.Read(folder[name]));
    }

    [Fact]
    public void RefusesAPipeForAGraphAndForItsScores()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");
        using TemporaryFolder folder = new();
        MakePipe(folder["pipe.npy"]);
        File.WriteAllText(folder["graph.npy"], "not read");
        AssertNoRegularFile(() => GraphFile.Read(folder["pipe.npy"], folder["graph.npy"]));
        AssertNoRegularFile(() => GraphFile.Read(folder["graph.npy"], folder["pipe.npy"]));
    }

    // What lies beside good files, and is opened only once those have been read.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RefusesAPipeAmongTheFilesOfAFolder(bool byLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["img_000.npy"], [new FeatureMatrix([1, 2], 1, 2)]);
        MakePipe(folder["img_001.npy"], byLink);
        AssertNoRegularFile(() => FeatureFile.Read(folder.Path));
    }

    [Theory]
    [InlineData("all_souls_1_query.txt", false)]
    [InlineData("all_souls_1_good.txt", true)]
    [InlineData("ashmolean_10_junk.txt", false)]
    [InlineData("ashmolean_10_ok.txt", true)]
    public void RefusesAPipeAmongTheTextsOfADataset(string name, bool byLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");
        using TemporaryFolder folder = new();
        OxfordFiles.Write(folder.Path);
        File.Delete(folder[name]);
        MakePipe(folder[name], byLink);
        AssertNoRegularFile(() => RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path));
    }

    [Theory]
    [InlineData(DatasetKind.Msmt17, "list_query.txt")]
    [InlineData(DatasetKind.VeRi776, "name_query.txt")]
    [InlineData(DatasetKind.VehicleId, "test_list_800.txt")]
    [InlineData(DatasetKind.StanfordOnlineProducts, "Ebay_test.txt")]
    [InlineData(DatasetKind.ROxford5k, "gnd_roxford5k.pkl")]
    [InlineData(DatasetKind.RParis6k, "gnd_rparis6k.mat")]
    [InlineData(DatasetKind.Gldv2, "retrieval_solution_v2.1.csv")]
    [InlineData(DatasetKind.Cars196, "cars_annos.mat")]
    public void RefusesAPipeForTheTruthOfADataset(DatasetKind kind, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");
        using TemporaryFolder folder = new();
        MakePipe(folder[name]);
        AssertNoRegularFile(() => RetrievalDatasets.Read(kind, folder.Path));
    }

    [Fact]
    public void APipeIsNoPicture()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");
        using TemporaryFolder folder = new();
        MakePipe(folder["a.png"]);
        Assert.Null(Thumbnail.TryMake(folder["a.png"], out string? fault, TestContext.Current.CancellationToken));
        Assert.Contains("no regular file", fault);
    }

    [Fact]
    public void AnEmptyFileIsNoPipe()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["empty.csv"], string.Empty);
        Assert.Equal("EmptyFile", Assert.Throws<GnnReRankException>(() => FeatureFile.Read(folder["empty.csv"])).ErrorId);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/urandom")]
    public void RefusesADeviceThatNeverEnds(string device)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such path.");
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder["link.csv"], device);
        AssertNoRegularFile(() => FeatureFile.Read(device, new FeatureReadOptions { Format = FeatureFormat.Csv }));
        AssertNoRegularFile(() => FeatureFile.Read(folder["link.csv"]));
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".npy")]
    [InlineData(".npz")]
    [InlineData(".parquet")]
    [InlineData(".arrow")]
    [InlineData(".safetensors")]
    [InlineData(".fvecs")]
    public void FollowsALinkToAFile(string ending)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link takes a privilege on Windows.");
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["data" + ending], [new FeatureMatrix([1, 2], 1, 2)]);
        File.CreateSymbolicLink(folder["link" + ending], "data" + ending);
        File.CreateSymbolicLink(folder["linked" + ending], folder["link" + ending]);
        Assert.Equal([1f, 2f], FeatureFile.Read(folder["linked" + ending]).Matrices[0].GetRow(0));
    }

    [Fact]
    public void SaysThatALinkLeadsNowhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link takes a privilege on Windows.");
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder["link.csv"], folder["missing.csv"]);
        Assert.Equal("FileNotFound", Assert.Throws<GnnReRankException>(() => FeatureFile.Read(folder["link.csv"])).ErrorId);
    }

    // What a failed download leaves under the name of the file, in each format.
    [Theory]
    [MemberData(nameof(DataFiles))]
    public void SaysThatAFileIsAWebPage(string name)
    {
        using TemporaryFolder folder = new();
        foreach ((string content, string? title) in s_pages)
        {
            File.WriteAllText(folder[name], content);
            AssertPage(title, () => FeatureFile.Read(folder[name]));
        }
    }

    [Theory]
    [InlineData(DatasetKind.Msmt17, "list_query.txt")]
    [InlineData(DatasetKind.VeRi776, "name_query.txt")]
    [InlineData(DatasetKind.VehicleId, "test_list_800.txt")]
    [InlineData(DatasetKind.StanfordOnlineProducts, "Ebay_test.txt")]
    [InlineData(DatasetKind.ROxford5k, "gnd_roxford5k.pkl")]
    [InlineData(DatasetKind.RParis6k, "gnd_rparis6k.mat")]
    [InlineData(DatasetKind.Gldv2, "retrieval_solution_v2.1.csv")]
    [InlineData(DatasetKind.Cars196, "cars_annos.mat")]
    [InlineData(DatasetKind.Oxford5k, "all_souls_1_query.txt")]
    [InlineData(DatasetKind.Oxford5k, "all_souls_1_junk.txt")]
    public void SaysThatTheTruthOfADatasetIsAWebPage(DatasetKind kind, string name)
    {
        using TemporaryFolder folder = new();
        OxfordFiles.Write(kind == DatasetKind.Oxford5k ? folder.Path : folder["elsewhere"]);
        foreach ((string content, string? title) in s_pages)
        {
            File.WriteAllText(folder[name], content);
            AssertPage(title, () => RetrievalDatasets.Read(kind, folder.Path));
        }

        File.WriteAllText(folder[name], "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n");
        Assert.Contains("git lfs pull", Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(kind, folder.Path)).Message);
    }

    [Fact]
    public void SaysThatAGraphOrAVectorOfAFolderIsAWebPage()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["1.npy"], [new FeatureMatrix([1, 2], 1, 2)]);
        File.WriteAllText(folder["2.npy"], s_pages[0].Content);
        AssertPage(s_pages[0].Title, () => FeatureFile.Read(folder.Path));
        AssertPage(s_pages[0].Title, () => GraphFile.Read(folder["2.npy"], folder["1.npy"]));
        AssertPage(s_pages[0].Title, () => GraphFile.Read(folder["1.npy"], folder["2.npy"]));
        File.Move(folder["2.npy"], folder["2.parquet"]);
        AssertPage(s_pages[0].Title, () => GraphFile.Read(folder["2.parquet"]));
    }

    [Theory]
    [InlineData("<name>,f0\na,1\n")]
    [InlineData("404,500\n503,1\n")]
    public void TextThatStartsLikeAPageIsNone(string text)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.csv"], text);
        Assert.Single(FeatureFile.Read(folder["a.csv"]).Matrices);
    }

    [Theory]
    [MemberData(nameof(DataFiles))]
    public void SaysThatAFileIsOnlyAGitLfsPointer(string name)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder[name], "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureFile.Read(folder[name]));
        Assert.Contains("git lfs pull", error.Message);
    }

    [Theory]
    [InlineData("grün [1] 画像.csv")]
    [InlineData("grün [1] 画像.parquet")]
    [InlineData("grün [1] 画像.npz")]
    [InlineData("grün [1] 画像.npy")]
    public void WritesAndReadsNamesOfAnyLetters(string name)
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder[name], [new FeatureMatrix([1, 2], 1, 2)]);
        Assert.Equal([1f, 2f], FeatureFile.Read(folder[name]).Matrices[0].GetRow(0));
    }

    private static void MakePipe(string path, bool byLink = false)
    {
        string pipe = byLink ? path + ".pipe" : path;
        using Process process = Process.Start("mkfifo", [pipe]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        if (byLink)
        {
            File.CreateSymbolicLink(path, pipe);
        }
    }

    private static void AssertPage(string? title, Action read)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(read);
        Assert.Equal("WebPage", error.ErrorId);
        Assert.Contains(title is null ? "is a web page, and" : $"is a web page ('{title}'), and", error.Message);
    }

    private static void AssertNoRegularFile(Action read)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(read);
        Assert.Equal("NotARegularFile", error.ErrorId);
        Assert.Contains("a pipe, a device", error.Message);
    }
}
