using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Data.Storage;

/// <summary>A mapped file that is cut, written to or replaced between import and use is named, and nothing is computed of it.</summary>
public sealed class ChangedFileTests : IDisposable
{
    private const int Rows = 3000;
    private const int Dimension = 8;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Uses => [.. s_uses.Keys];

    private static readonly Dictionary<string, Action<FeatureMatrix, TemporaryFolder>> s_uses = new()
    {
        ["rank"] = (matrix, _) => CosineRanker.Rank(matrix, matrix, top: 3),
        ["graph"] = (matrix, _) => NeighborSearch.Build(null, matrix, 3),
        ["re-rank"] = (matrix, _) => new GnnReRanker(new GnnReRankSettings { K1 = 4, K2 = 2 }).ReRank(matrix, matrix, top: 3),
        ["select"] = (matrix, _) => FeatureSelector.Select(matrix, new RowSelection { First = 2 }),
        ["append"] = (matrix, _) => FeatureJoiner.Append([matrix, matrix]),
        ["concatenate"] = (matrix, _) => FeatureJoiner.Concatenate([matrix, matrix], normalize: true),
        ["merge"] = (matrix, _) => FeatureMerger.Merge(matrix),
        ["write"] = (matrix, folder) => FeatureFile.Write(folder["out.npy"], [matrix]),
        ["array"] = (matrix, _) => matrix.ToArray(),
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Uses))]
    public void AFileThatIsCutIsNamed(string use)
    {
        FeatureMatrix matrix = Mapped("a.npz");
        s_uses[use](matrix, _folder);
        File.Delete(_folder["out.npy"]);
        using (FileStream file = new(_folder["a.npz"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(4096);
        }

        AssertRefused(use, matrix, "was cut to 4,096 bytes");
        Assert.Equal("MappedFileChanged", Assert.Throws<GnnReRankException>(() => matrix.GetRow(Rows - 1)).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void AFileThatIsWrittenToIsNamed(string use)
    {
        FeatureMatrix matrix = Mapped("a.npz");
        using (FileStream file = new(_folder["a.npz"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 500;
            file.WriteByte(1);
        }

        // Two writes within one tick of a file system's clock have one time.
        File.SetLastWriteTimeUtc(_folder["a.npz"], DateTime.UtcNow.AddMinutes(1));
        AssertRefused(use, matrix, "was written to");
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void AFileThatIsReplacedIsNamed(string use)
    {
        FeatureMatrix matrix = Mapped("a.npz");
        FeatureFile.Write(_folder["other.npz"], [MadeFeatures.Random(20, Dimension, seed: 2)]);
        File.Move(_folder["other.npz"], _folder["a.npz"], overwrite: true);
        AssertRefused(use, matrix, "was replaced by another");
    }

    /// <summary>What is deleted is still there for whoever has it open, and a link leads to the same file.</summary>
    [Fact]
    public void AFileThatIsDeletedOrLinkedIsUsed()
    {
        FeatureMatrix whole = Mapped("a.npz");
        File.CreateSymbolicLink(_folder["link.npz"], _folder["a.npz"]);
        FeatureMatrix linked = FeatureFile.Read(_folder["link.npz"], new FeatureReadOptions { MemoryMapped = true }).Matrices[0];
        Assert.Equal(whole.ToArray(), linked.ToArray());
        File.Delete(_folder["a.npz"]);
        Assert.Equal(whole.ToArray(), linked.ToArray());
    }

    private FeatureMatrix Mapped(string file)
    {
        float[] values = StoredValues.Singles(Rows * Dimension, seed: 1);
        FeatureFile.Write(_folder[file], [new FeatureMatrix(values, Rows, Dimension, [.. Enumerable.Range(0, Rows).Select(row => row / 2L)])]);
        return FeatureFile.Read(_folder[file], new FeatureReadOptions { MemoryMapped = true }).Matrices[0];
    }

    private void AssertRefused(string use, FeatureMatrix matrix, string how)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => s_uses[use](matrix, _folder));
        Assert.Equal("MappedFileChanged", error.ErrorId);
        Assert.Contains(how, error.Message);
        Assert.False(File.Exists(_folder["out.npy"]));
    }
}
