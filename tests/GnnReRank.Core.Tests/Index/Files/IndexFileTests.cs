using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Index.Files;

/// <summary>An index comes back from its file as it was, and goes on from there.</summary>
public sealed class IndexFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Methods => IndexSamples.Methods;

    private string FilePath => _folder["gallery.rerank"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void WhatWasWrittenIsReadAndGoesOnBitForBit(string method)
    {
        foreach ((FeatureElementType first, FeatureElementType second, FeatureElementType stored) in new[]
        {
            (FeatureElementType.Float32, FeatureElementType.Float16, FeatureElementType.Float32),
            (FeatureElementType.Float16, FeatureElementType.Float16, FeatureElementType.Float16),
            (FeatureElementType.Float16, FeatureElementType.Float32, FeatureElementType.Float32),
        })
        {
            ReRankIndex index = IndexSamples.Changed(method, first, second);
            ReRankIndexFile.Write(FilePath, index, overwrite: true);
            ReRankIndex read = ReRankIndexFile.Read(FilePath);
            Assert.Equal(0, read.Version);
            Assert.Equal(stored, read.Gallery.ElementType);
            Assert.True(read.Gallery.IsMemoryMapped);
            IndexSamples.AssertSame(index, read);
            foreach (ReRankIndex each in new[] { index, read })
            {
                each.Add(IndexSamples.Rows(5, 3));
                each.Remove([1, 40, 72]);
            }

            IndexSamples.AssertSame(index, read);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void AnIndexOfPlainRowsOrOfOneIsReadToo(string method)
    {
        FeatureMatrix[] galleries =
            [MadeFeatures.WithDuplicatesAndZeros(40, 3, seed: 1), MadeFeatures.Random(1, 1, seed: 2)];
        foreach (FeatureMatrix rows in galleries)
        {
            ReRankIndex index = ReRankIndex.Build(rows, IndexSamples.SettingsOf(method));
            ReRankIndexFile.Write(FilePath, index, overwrite: true);
            ReRankIndex read = ReRankIndexFile.Read(FilePath, verify: true);
            Assert.False(read.Gallery.HasNames || read.Gallery.HasLabels || read.Gallery.HasCameras);
            Assert.Equal(index.Gallery.ToArray(), read.Gallery.ToArray());
            FeatureMatrix query = MadeFeatures.Random(2, rows.Dimension, seed: 3);
            Assert.Equal(index.Search(query).GetIndexSpan(1), read.Search(query).GetIndexSpan(1));
        }
    }

    [Fact]
    public void RowsOfExtremeNormsAndTheListsRecallComeBack()
    {
        float[] values = [1e-40f, 2e-40f, 3, 4, 3e38f, 1e38f, 0, 0];
        FeatureMatrix gallery = new(values, 4, 2);
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 4).WithApproximation(
            new GraphApproximation(0.97, 12, "clusters"));
        ReRankIndex index = ReRankIndex.Build(graph, new CosineSettings());
        ReRankIndexFile.Write(FilePath, index);
        ReRankIndex read = ReRankIndexFile.Read(FilePath);
        Assert.Equal(new GraphApproximation(0.97, 12, "clusters"), read.Approximation);
        Assert.Equal(index.Settings, read.Settings);
        float[] query = [1, 2];
        Assert.Equal(index.Search(query).Scores, read.Search(query).Scores);
        Assert.Equal(read.Approximation, read.Opened(options: null).Graph.Approximation);
    }

    [Fact]
    public void AnIndexGoesOnWhereItIsWrittenOverTheFileThatItLiesIn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows replaces no file that is mapped.");
        ReRankIndex index = ReRankIndex.Build(IndexSamples.Rows(40, 1), new CosineSettings());
        ReRankIndexFile.Write(FilePath, index);
        ReRankIndex read = ReRankIndexFile.Read(FilePath);
        for (int round = 0; round < 3; round++)
        {
            index.Add(IndexSamples.Rows(6, round + 5));
            read.Add(IndexSamples.Rows(6, round + 5));
            ReRankIndexFile.Write(FilePath, read, overwrite: true);
            IndexSamples.AssertSame(index, read);
            IndexSamples.AssertSame(index, ReRankIndexFile.Read(FilePath));
        }

        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void AnIndexThatWasNotUsedYetGoesOnWhereAnotherTakesItsPlace()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows replaces no file that is mapped.");
        ReRankIndex index = ReRankIndex.Build(IndexSamples.Rows(40, 1), new CosineSettings());
        ReRankIndexFile.Write(FilePath, index);
        ReRankIndex read = ReRankIndexFile.Read(FilePath);
        ReRankIndexFile.Write(
            FilePath, ReRankIndex.Build(IndexSamples.Rows(30, 9), new CosineSettings()), overwrite: true);
        IndexSamples.AssertSame(index, read);
        File.Delete(FilePath);
        IndexSamples.AssertSameAnswers(index, read);
    }

    // What happens to a file that others write to in place cannot be used; it is looked at before each search.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFileThatWasWrittenToOrCutIsRefused(bool isUsed)
    {
        ReRankIndexFile.Write(FilePath, ReRankIndex.Build(IndexSamples.Rows(40, 1), new CosineSettings()));
        foreach (bool isCut in new[] { false, true })
        {
            ReRankIndex read = ReRankIndexFile.Read(FilePath);
            if (isUsed)
            {
                _ = read.Search(IndexSamples.Queries);
            }

            // Not by .NET's FileStream, which heeds the reader's lock where other programs do not.
            if (isCut)
            {
                using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(
                    FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                RandomAccess.SetLength(handle, 5000);
            }
            else
            {
                File.SetLastWriteTimeUtc(FilePath, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
            }

            GnnReRankException refused = Assert.Throws<GnnReRankException>(() => read.Search(IndexSamples.Queries));
            Assert.Equal("IndexFileChanged", refused.ErrorId);
            Assert.Contains(isCut ? "cut to 5,000" : "2001-02-03", refused.Message);
        }
    }

    [Fact]
    public void NothingIsReplacedUnaskedAndOtherEndingsAreRefused()
    {
        ReRankIndex index = ReRankIndex.Build(IndexSamples.Rows(10, 1), new CosineSettings());
        File.WriteAllText(FilePath, "mine");
        Assert.Equal(
            "FileExists", Assert.Throws<GnnReRankException>(() => ReRankIndexFile.Write(FilePath, index)).ErrorId);
        Assert.Equal("mine", File.ReadAllText(FilePath));
        Assert.Equal(
            "UnknownFormat", Assert.Throws<GnnReRankException>(
                () => ReRankIndexFile.Write(_folder["x.npz"], index)).ErrorId);
        Assert.Equal(
            "UnknownFormat", Assert.Throws<GnnReRankException>(() => ReRankIndexFile.Read(_folder["x.npz"])).ErrorId);
        Assert.Equal(
            "FileNotFound", Assert.Throws<GnnReRankException>(() => ReRankIndexFile.Read(_folder["x.rerank"])).ErrorId);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void ACancelledFirstSearchLeavesAnIndexThatCanBeSearched()
    {
        ReRankIndex index = ReRankIndex.Build(IndexSamples.Rows(40, 1), new CosineSettings());
        ReRankIndexFile.Write(FilePath, index);
        ReRankIndex read = ReRankIndexFile.Read(FilePath);
        ComputeOptions cancelled = new() { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => read.Search(IndexSamples.Queries, options: cancelled));
        IndexSamples.AssertSame(index, read);
        Assert.ThrowsAny<OperationCanceledException>(
            () => ReRankIndexFile.Write(FilePath, read, overwrite: true, cancelled));
        IndexSamples.AssertSame(index, ReRankIndexFile.Read(FilePath));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void ManyThreadsMayBeTheFirstToSearch()
    {
        ReRankIndex index = ReRankIndex.Build(IndexSamples.Rows(300, 1), new CosineSettings());
        ReRankIndexFile.Write(FilePath, index);
        ReRankIndex read = ReRankIndexFile.Read(FilePath);
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (i % 5 == 4)
            {
                read.Add(IndexSamples.Rows(2, i));
            }
            else
            {
                _ = read.Search(IndexSamples.Queries);
                Assert.True(read.RowCount >= 300);
            }
        });
        Assert.Equal(306, read.RowCount);
    }
}
