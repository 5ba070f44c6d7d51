using System.Diagnostics;

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

    [Fact]
    public void FollowsALinkToAFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link takes a privilege on Windows.");
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["data.csv"], "f0,f1\n1,2\n");
        File.CreateSymbolicLink(folder["link.csv"], "data.csv");
        File.CreateSymbolicLink(folder["linked.csv"], folder["link.csv"]);
        Assert.Equal([1f, 2f], FeatureFile.Read(folder["linked.csv"]).Matrices[0].GetRow(0));
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

    private static void MakePipe(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static void AssertNoRegularFile(Action read)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(read);
        Assert.Equal("EmptyFile", error.ErrorId);
        Assert.Contains("a pipe or a device", error.Message);
    }
}
