using GnnReRank.Formats.Files;

namespace GnnReRank.Tests.Formats;

/// <summary>What killed writers leave, made again after a writer by the names that it was seen to use: nobody holds its lock.</summary>
public sealed class StaleFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("file.csv")]
    [InlineData("no ending [*?]")]
    [InlineData("ein sehr langer Name mit Ümläuten 😀 und vielen Wörtern, der 😀 hinter Zeichen 60 weitergeht.parquet")]
    public void TheNextWriterRemovesThem(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.Contains('*', StringComparison.Ordinal), "Windows has no such names.");
        LeaveBehind(name);
        LeaveBehind(name);
        Assert.Equal(4, Directory.GetFiles(_folder.Path).Length);
        Write(name, "new");
        Assert.Equal("new", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Path))));
    }

    [Fact]
    public void AWriterThatFailsOrReplacesRemovesThemToo()
    {
        LeaveBehind("file");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder["file"], overwrite: false, _ => throw new InvalidOperationException()));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        LeaveBehind("file");
        File.WriteAllText(_folder["file"], "old");
        Write("file", "new");
        Assert.Equal("new", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Path))));
    }

    [Fact]
    public void ThoseOfOtherFilesAndFilesOfOthersStay()
    {
        string start = new('a', 80);
        string[] others = [start + "1", "file", "file.csv.gz", "fil"];
        Array.ForEach(others, LeaveBehind);
        File.WriteAllText(_folder[".file.csv.tmp"], "mine");
        File.WriteAllText(_folder["file.csv.lock"], "mine");
        string[] before = Directory.GetFiles(_folder.Path);
        Write(start + "2", "new");
        Write("file.csv", "new");
        Assert.Equal([_folder[start + "2"], _folder["file.csv"]], Directory.GetFiles(_folder.Path).Except(before).Order(StringComparer.Ordinal));
        Assert.Empty(before.Except(Directory.GetFiles(_folder.Path)));
    }

    [Fact]
    public void ThoseOfALivingWriterStayAndBothFinish()
    {
        AtomicFile.Write(_folder["file"], overwrite: true, outer =>
        {
            File.WriteAllText(outer, "outer");
            Write("file", "inner");
            Assert.Equal("inner", File.ReadAllText(_folder["file"]));
            Assert.Equal("outer", File.ReadAllText(outer));
        });
        Assert.Equal("outer", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Path))));
    }

    /// <summary>A writer killed between its renames: the replaced file is set aside, and its place is empty or taken.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AReplacedFileIsKeptUntilTheNextWriterIsDone(bool isPlaceEmpty)
    {
        string old = Path.ChangeExtension(LeftBehind("file")[0], ".old");
        File.WriteAllText(old, "replaced");
        if (!isPlaceEmpty)
        {
            File.WriteAllText(_folder["file"], "there");
        }

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder["file"], overwrite: true, _ => throw new InvalidOperationException()));
        Assert.Equal(isPlaceEmpty ? "replaced" : "there", File.ReadAllText(_folder["file"]));
        Assert.Equal(!isPlaceEmpty, File.Exists(old));
        Write("file", "new");
        Assert.Equal("new", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Path))));
    }

    [Fact]
    public void PairsOfSeveralWritersAtOnceAreWholeAndLeaveNothingElse()
    {
        string[] pair = [_folder["a"], _folder["b"]];
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, writer =>
            AtomicFile.Write(pair, overwrite: true, paths => Array.ForEach([.. paths], path => File.WriteAllText(path, $"{writer}"))));
        Assert.Equal(pair, Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllText(pair[0]), File.ReadAllText(pair[1]));
    }

    private void Write(string name, string content) =>
        AtomicFile.Write(_folder[name], overwrite: true, path => File.WriteAllText(path, content));

    private void LeaveBehind(string name) => LeftBehind(name);

    /// <returns>The file that was being written, and its lock.</returns>
    private string[] LeftBehind(string name)
    {
        using TemporaryFolder elsewhere = new();
        List<string> names = [];
        AtomicFile.Write(elsewhere[name], overwrite: false, path =>
        {
            File.WriteAllText(path, "half");
            names.Add(Path.GetFileName(path));
            names.AddRange(Directory.GetFiles(elsewhere.Path).Select(file => Path.GetFileName(file)).Except(names));
        });
        string[] files = [.. names.Select(each => _folder[each])];
        Array.ForEach(files, file => File.WriteAllText(file, "half"));
        return files;
    }
}
