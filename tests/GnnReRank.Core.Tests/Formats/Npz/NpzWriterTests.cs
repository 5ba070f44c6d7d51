using System.IO.Compression;

namespace GnnReRank.Tests.Formats.Npz;

public sealed class NpzWriterTests
{
    [Fact]
    public void ReadsBackASetOfBothRoles()
    {
        using TemporaryFolder folder = new();
        FeatureMatrix query = Matrix(4, FeatureRole.Query);
        FeatureMatrix gallery = Matrix(6, FeatureRole.Gallery);
        FeatureFile.Write(folder["out.npz"], [query, gallery]);
        FeatureReadOptions options = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        IReadOnlyList<FeatureMatrix> back = FeatureFile.Read(folder["out.npz"], options).Matrices;
        AssertSame(query, back[0]);
        AssertSame(gallery, back[1]);
    }

    [Theory]
    [InlineData(FeatureRole.None)]
    [InlineData(FeatureRole.Query)]
    [InlineData(FeatureRole.Gallery)]
    public void ReadsBackOneMatrixAndItsRole(FeatureRole role)
    {
        using TemporaryFolder folder = new();
        FeatureMatrix matrix = Matrix(5, role);
        FeatureFile.Write(folder["out.npz"], [matrix]);
        AssertSame(matrix, Assert.Single(FeatureFile.Read(folder["out.npz"]).Matrices));
    }

    [Fact]
    public void WritesTheArraysThatNumpyWrites()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["out.npz"], [Matrix(4, FeatureRole.Query)]);
        using ZipArchive expected = ZipFile.OpenRead(TestPaths.Data("numpy", "sets.npz"));
        using ZipArchive actual = ZipFile.OpenRead(folder["out.npz"]);
        Assert.Equal(["query_f.npy", "query_label.npy", "query_cam.npy", "query_name.npy"], actual.Entries.Select(entry => entry.FullName));
        foreach (ZipArchiveEntry entry in actual.Entries)
        {
            Assert.Equal(Bytes(expected.GetEntry(entry.FullName)!), Bytes(entry));
        }
    }

    [Fact]
    public void WritesOnlyWhatTheMatrixHas()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["out.npz"], [new FeatureMatrix([1, 2], 2, 1)]);
        using ZipArchive archive = ZipFile.OpenRead(folder["out.npz"]);
        Assert.Equal(["features.npy"], archive.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public void WritesNamesThatAreAllEmpty()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["out.npz"], [new FeatureMatrix([1, 2], 2, 1, names: ["", ""])]);
        Assert.Equal(["", ""], FeatureFile.Read(folder["out.npz"]).Matrices[0].Names!);
    }

    [Fact]
    public void RefusesTwoMatricesOfOneRole()
    {
        using TemporaryFolder folder = new();
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => FeatureFile.Write(folder["out.npz"], [Matrix(4, FeatureRole.Query), Matrix(5, FeatureRole.Query)]));
        Assert.Equal("DuplicateRole", error.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static FeatureMatrix Matrix(int rows, FeatureRole role) => new(
        Enumerable.Range(0, rows * 5).Select(element => Formulas.Feature(element / 5, element % 5)).ToArray(),
        rows, 5, Formulas.Labels(rows), Formulas.Cameras(rows), Formulas.Names(rows), role);

    private static void AssertSame(FeatureMatrix expected, FeatureMatrix actual)
    {
        Assert.Equal(expected.Role, actual.Role);
        Assert.Equal(expected.ToArray(), actual.ToArray());
        Assert.Equal(expected.Labels!, actual.Labels!);
        Assert.Equal(expected.Cameras!, actual.Cameras!);
        Assert.Equal(expected.Names!, actual.Names!);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
