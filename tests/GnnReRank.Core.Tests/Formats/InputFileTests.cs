using System.Diagnostics;
using GnnReRank.Reports.Pictures;
using GnnReRank.Tests.Datasets.Landmarks;

namespace GnnReRank.Tests.Formats;

/// <summary>Paths that are no regular file, and files that are not what their names say.</summary>
public sealed class InputFileTests
{
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
        Assert.Null(Thumbnail.TryMake(folder["a.png"], out string? fault));
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

    [Theory]
    [InlineData("features.npy")]
    [InlineData("features.parquet")]
    [InlineData("features.csv")]
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

    private static void AssertNoRegularFile(Action read)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(read);
        Assert.Equal("NotARegularFile", error.ErrorId);
        Assert.Contains("a pipe, a device", error.Message);
    }
}
