namespace GnnReRank.Tests.Formats.NpyFolder;

public sealed class NpyFolderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(FeatureFormat.NpyFolder)]
    public void ReadsAVectorAFileAtAnyDepth(FeatureFormat? format)
    {
        FeatureReadResult result = FeatureFile.Read(TestPaths.Data("vectors", "images"), new() { Format = format, Role = FeatureRole.Query });
        FeatureMatrix matrix = Assert.Single(result.Matrices);

        // Ordinal: capitals first, 10 before 2. The fixtures were numbered b/2, b/10, a, Z, c/1.
        Assert.Equal(["Z", "a", "b/10.jpg", "b/2.jpg", "c/1"], matrix.Names!);
        int[] rows = [3, 2, 1, 0, 4];
        Formulas.AssertFeatures(matrix, 5, 4, (row, column) => Formulas.Feature(rows[row], column));
        Assert.Equal(FeatureRole.Query, matrix.Role);
        Assert.Contains("1 file is no .npy file", Assert.Single(result.Warnings));
    }

    [Fact]
    public void SkipsRowsThatCannotBeUsed()
    {
        using TemporaryFolder folder = Copy();
        FeatureFile.Write(folder["d.npy"], [new FeatureMatrix([0f, 1f, 0f, 0f], 1, 4)]);
        byte[] file = File.ReadAllBytes(folder["d.npy"]);
        BitConverter.GetBytes(float.NaN).CopyTo(file, file.Length - 4);
        File.WriteAllBytes(folder["d.npy"], file);
        Assert.Equal("NonFiniteFeature", Formulas.Refused(folder.Path).ErrorId);
        Assert.Equal(["Z", "a", "b/10.jpg", "b/2.jpg", "c/1"], FeatureFile.Read(folder.Path, new() { SkipInvalid = true }).Matrices[0].Names!);
    }

    [Theory]
    [InlineData("f4.npy", "WrongArrayShape")]
    [InlineData("one_dimension.npy", "UnlikeVectors")]
    [InlineData("object.npy", "UnsupportedContent")]
    public void NamesTheFileThatDoesNotFit(string fixture, string errorId)
    {
        using TemporaryFolder folder = Copy();
        File.Copy(TestPaths.Data("numpy", fixture), folder["b/3.npy"]);
        GnnReRankException error = Formulas.Refused(folder.Path);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains("3.npy", error.Message);
    }

    [Fact]
    public void NamesAFileThatIsCutShort()
    {
        using TemporaryFolder folder = Copy();
        byte[] file = File.ReadAllBytes(folder["b/2.jpg.npy"]);
        for (int length = 0; length < file.Length; length++)
        {
            File.WriteAllBytes(folder["b/2.jpg.npy"], file[..length]);
            GnnReRankException error = Formulas.Refused(folder.Path);
            Assert.Equal("CorruptFile", error.ErrorId);
            Assert.Contains("2.jpg.npy", error.Message);
        }
    }

    [Fact]
    public void RefusesWhatIsNoFolderOfVectors()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("NoNpyFiles", Formulas.Refused(folder.Path).ErrorId);
        Assert.Equal("PathIsDirectory", Formulas.Refused(folder.Path, new() { Format = FeatureFormat.Npy }).ErrorId);
        Assert.Equal("PathIsNoDirectory", Formulas.Refused(TestPaths.Data("numpy", "f4.npy"), new() { Format = FeatureFormat.NpyFolder }).ErrorId);
        string images = TestPaths.Data("vectors", "images");
        Assert.Equal("UnsupportedContent", Formulas.Refused(images, new() { Sets = [FeatureRole.Query] }).ErrorId);
        Assert.Equal("MemoryMappedFormat", Formulas.Refused(images, new() { MemoryMapped = true }).ErrorId);
    }

    [Fact]
    public void DoesNotFollowLinksInACircle()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        using TemporaryFolder folder = Copy();
        Directory.CreateSymbolicLink(folder["b/again"], folder.Path);
        Assert.Equal(5, FeatureFile.Read(folder.Path).Matrices[0].RowCount);
    }

    [Fact]
    public void StopsWhenCancelled() => Assert.ThrowsAny<OperationCanceledException>(() => FeatureFile.Read(
        TestPaths.Data("vectors", "images"), new() { Compute = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) } }));

    private static TemporaryFolder Copy()
    {
        TemporaryFolder folder = new();
        string images = TestPaths.Data("vectors", "images");
        foreach (string file in Directory.EnumerateFiles(images, "*", SearchOption.AllDirectories))
        {
            string target = folder[Path.GetRelativePath(images, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return folder;
    }
}
