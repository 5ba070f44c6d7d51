namespace GnnReRank.Tests.Formats.Npy;

public sealed class NpyWriterTests
{
    [Fact]
    public void WritesTheBytesThatNumpyWrites()
    {
        using TemporaryFolder folder = new();
        float[] values = Enumerable.Range(0, 30).Select(element => Formulas.Feature(element / 5, element % 5)).ToArray();
        FeatureFile.Write(folder["out.npy"], [new FeatureMatrix(values, 6, 5, labels: Formulas.Labels(6))]);
        Assert.Equal(File.ReadAllBytes(TestPaths.Data("numpy", "f4.npy")), File.ReadAllBytes(folder["out.npy"]));
    }

    [Fact]
    public void RefusesSeveralMatrices()
    {
        using TemporaryFolder folder = new();
        FeatureMatrix matrix = new([1], 1, 1);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureFile.Write(folder["out.npy"], [matrix, matrix]));
        Assert.Equal("OneMatrixPerFile", error.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void LeavesTheOldFileWhenCancelled()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["out.npy"], "old");
        ComputeOptions cancelled = new() { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureFile.Write(
            folder["out.npy"], [new FeatureMatrix([1], 1, 1)], new FeatureWriteOptions { Overwrite = true, Compute = cancelled }));
        Assert.Equal("old", File.ReadAllText(folder["out.npy"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }
}
