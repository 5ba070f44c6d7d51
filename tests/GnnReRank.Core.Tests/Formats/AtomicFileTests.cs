using System.Runtime.Versioning;
using GnnReRank.Formats.Files;
using Microsoft.Win32.SafeHandles;

namespace GnnReRank.Tests.Formats;

public sealed class AtomicFileTests
{
    [Fact]
    public void LeavesTheOldFileAndNoOtherWhenWritingFails()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["file"], "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["file"], overwrite: true, FailHalfway));
        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFileSystemEntries(folder.Path))));
    }

    [Fact]
    public void LeavesBothOldFilesWhenTheSecondOfAPairFails()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a"], "old a");
        File.WriteAllText(folder["b"], "old b");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write([folder["a"], folder["b"]], overwrite: true, temporary =>
        {
            File.WriteAllText(temporary[0], "new a");
            FailHalfway(temporary[1]);
        }));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
        Assert.Equal("old a", File.ReadAllText(folder["a"]));
        Assert.Equal("old b", File.ReadAllText(folder["b"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LeavesThePairAsItWasWhenTheSecondCannotBeRenamed(bool firstWasThere)
    {
        using TemporaryFolder folder = new();
        if (firstWasThere)
        {
            File.WriteAllText(folder["a"], "old a");
        }

        Assert.ThrowsAny<Exception>(() => AtomicFile.Write([folder["a"], folder["b"]], overwrite: true, temporary =>
        {
            File.WriteAllText(temporary[0], "new a");
            File.WriteAllText(temporary[1], "new b");
            Directory.CreateDirectory(folder["b"]);
        }));
        string[] files = Directory.GetFiles(folder.Path);
        Assert.Equal(firstWasThere ? ["old a"] : [], files.Select(File.ReadAllText));
    }

    [Fact]
    public void NamesTheFinalPathWhenTheSystemCannotWrite()
    {
        using TemporaryFolder folder = new();
        IOException fault = Assert.Throws<IOException>(() => AtomicFile.Write(
            folder["file"], overwrite: false, temporary => throw new IOException($"No space left on device : '{temporary}'")));
        Assert.Equal(
            $"'{folder["file"]}' could not be written, and what was there before is unchanged: No space left on device : '{folder["file"]}'",
            fault.Message);
        UnauthorizedAccessException denied = Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.Write(
            folder["file"], overwrite: false, temporary => throw new UnauthorizedAccessException($"Access to '{temporary}' is denied.")));
        Assert.EndsWith($"Access to '{folder["file"]}' is denied.", denied.Message);
    }

    [Fact]
    public void WritesANameAsLongAsTheSystemTakes()
    {
        using TemporaryFolder folder = new();
        string name = new('a', 250);
        AtomicFile.Write(folder[name], overwrite: false, temporary => File.WriteAllText(temporary, "new"));
        Assert.Equal("new", File.ReadAllText(folder[name]));
    }

    [Fact]
    public void ReplacesAPairAndLeavesNothingElse()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a"], "old a");
        AtomicFile.Write([folder["a"], folder["b"]], overwrite: true, temporary =>
        {
            File.WriteAllText(temporary[0], "new a");
            File.WriteAllText(temporary[1], "new b");
        });
        Assert.Equal(["new a", "new b"], Directory.GetFileSystemEntries(folder.Path).Order().Select(File.ReadAllText));
    }

    [Fact]
    public void WritesThroughALink()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link takes a privilege on Windows.");
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["target"], "old");
        File.CreateSymbolicLink(folder["link"], "target");
        AtomicFile.Write(folder["link"], overwrite: true, temporary => File.WriteAllText(temporary, "new"));
        Assert.Equal("target", new FileInfo(folder["link"]).LinkTarget);
        Assert.Equal("new", File.ReadAllText(folder["target"]));
    }

    [Fact]
    public void ReplacesAFileWithPermission()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["file"], "old");
        AtomicFile.Write(folder["file"], overwrite: true, temporary => File.WriteAllText(temporary, "new"));
        Assert.Equal("new", File.ReadAllText(Assert.Single(Directory.GetFileSystemEntries(folder.Path))));
    }

    [Fact]
    public void DoesNotEvenStartWithoutPermission()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["b"], "old");
        bool started = false;
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => AtomicFile.Write([folder["a"], folder["b"]], overwrite: false, _ => started = true));
        Assert.Equal("FileExists", error.ErrorId);
        Assert.False(started);
    }

    [Fact]
    public void RefusesADirectoryAndAMissingFolder()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("PathIsDirectory", ErrorOf(folder.Path));
        Assert.Equal("FolderNotFound", ErrorOf(folder["missing", "file"]));
    }

    [Theory]
    [InlineData(0b110_000_000)]
    [InlineData(0b110_100_000)]
    [InlineData(0b100_100_100)]
    [UnsupportedOSPlatform("windows")]
    public void KeepsTheModeOfTheFilesItReplacesFromTheStart(int permissions)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using TemporaryFolder folder = new();
        UnixFileMode mode = (UnixFileMode)permissions;
        foreach (string name in (string[])["a", "b"])
        {
            File.WriteAllText(folder[name], "old");
            File.SetUnixFileMode(folder[name], mode);
        }

        AtomicFile.Write([folder["a"], folder["b"]], overwrite: true, WriteNew);
        AtomicFile.Write(folder["a"], overwrite: true, path => WriteNew([path]));
        Assert.All(Directory.GetFiles(folder.Path), path => Assert.Equal(("new", mode), (File.ReadAllText(path), File.GetUnixFileMode(path))));

        void WriteNew(IReadOnlyList<string> paths)
        {
            Assert.All(paths, path => Assert.Equal(mode | UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
            Array.ForEach([.. paths], path => File.WriteAllText(path, "new"));
        }
    }

    [Fact]
    public void ContentIsOnTheDiskBeforeItGetsItsNameAndAFailureToPutItThereIsAFailure()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["file"], "old");
        List<string> seen = [];
        AtomicFile.Write([folder["file"]], overwrite: true, paths => File.WriteAllText(paths[0], "new"), Flush);
        Assert.Equal(["3 old"], seen);
        IOException fault = Assert.Throws<IOException>(() => AtomicFile.Write(
            [folder["file"]], overwrite: true, paths => File.WriteAllText(paths[0], "newer"), _ => throw new IOException("Input/output error")));
        Assert.EndsWith("unchanged: Input/output error", fault.Message);
        Assert.Equal("new", File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Path))));

        void Flush(SafeFileHandle handle) => seen.Add($"{RandomAccess.GetLength(handle)} {File.ReadAllText(folder["file"])}");
    }

    [Fact]
    public void NamesTheFinalPathWhenTheSystemMakesNoFileThere()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc takes no files from anybody.");
        IOException fault = Assert.ThrowsAny<IOException>(() => AtomicFile.Write("/proc/file", overwrite: false, _ => { }));
        Assert.Contains("'/proc/file'", fault.Message.Split("unchanged:")[1]);
        Assert.DoesNotContain("lock", fault.Message);
    }

    private static string ErrorOf(string path) =>
        Assert.Throws<GnnReRankException>(() => AtomicFile.Write(path, overwrite: true, _ => { })).ErrorId;

    private static void FailHalfway(string path)
    {
        File.WriteAllText(path, "half");
        throw new InvalidOperationException("The disk is full.");
    }
}
