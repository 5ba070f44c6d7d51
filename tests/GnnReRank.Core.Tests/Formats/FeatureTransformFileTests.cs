using System.Security.Cryptography;
using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Formats;

/// <summary>A transform comes back from its file bit for bit, or not at all.</summary>
public sealed class FeatureTransformFileTests
{
    private const int HeadLength = 52;

    private static readonly FeatureMatrix s_made = FeatureMatrix.Adopt(
        MadeFeatures.Clustered(40, 5, 6, seed: 1).Storage, null,
            [.. Enumerable.Range(0, 40).Select(row => (row % 3) - 1)], null, FeatureRole.None, null,
            inverseNorms: null);

    public static TheoryData<FeatureTransformOptions> Steps =>
    [
        new FeatureTransformOptions { CenterCamera = true },
        new FeatureTransformOptions { Components = 3, Normalize = false },
        new FeatureTransformOptions { CenterCamera = true, Whiten = true, Shrinkage = 0.25 },
        new FeatureTransformOptions { CenterCamera = true, Components = 2, Whiten = true },
    ];

    [Theory]
    [MemberData(nameof(Steps))]
    public void WhatWasWrittenIsReadBitForBit(FeatureTransformOptions steps)
    {
        using TemporaryFolder folder = new();
        FeatureTransform transform = FeatureTransformer.Learn([s_made], steps);
        FeatureTransformFile.Write(folder["t.transform"], transform);
        FeatureTransform read = FeatureTransformFile.Read(folder["t.transform"]);
        Assert.Equal(transform.ToString(), read.ToString());
        Assert.Equal(transform.Options, read.Options);
        Assert.Equal(transform.Variances, read.Variances);
        Assert.Equal(transform.RowCount, read.RowCount);
        Assert.Equal(transform.Cameras, read.Cameras);
        Assert.Equal(transform.CameraRowCounts, read.CameraRowCounts);
        Assert.Equal(
            FeatureTransformer.Apply(transform, s_made).ToArray(), FeatureTransformer.Apply(read, s_made).ToArray());
    }

    [Fact]
    public void EachFlippedByteAndEachCutIsNoticed()
    {
        using TemporaryFolder folder = new();
        string path = folder["t.transform"];
        FeatureTransformFile.Write(
            path, FeatureTransformer.Learn(
            [s_made], new FeatureTransformOptions { CenterCamera = true, Components = 2 }));
        byte[] bytes = File.ReadAllBytes(path);
        for (int position = 0; position < bytes.Length; position++)
        {
            byte[] changed = [.. bytes];
            changed[position] ^= 0x10;
            Assert.Contains(Refused(path, changed).ErrorId, (string[])["CorruptFile", "UnsupportedContent"]);
        }

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Contains(Refused(path, bytes[..length]).ErrorId, (string[])["CorruptFile", "EmptyFile"]);
        }

        Assert.Contains("follow its head", Refused(path, [.. bytes, 0]).Message);
        Assert.Contains("checksum", Refused(path, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]).Message);
    }

    // With the checksum of a liar: nothing is allocated for numbers whose bytes are not there.
    [Theory]
    [InlineData(4, int.MaxValue, "columns")]
    [InlineData(4, -1, "columns")]
    [InlineData(8, 0, "rows")]
    [InlineData(12, 40, "cameras")]
    [InlineData(12, int.MaxValue, "cameras")]
    [InlineData(16, 5, "components")]
    [InlineData(16, 6, "components")]
    [InlineData(0, 64, "flags 64")]
    [InlineData(28, 7, "ascend")]
    [InlineData(40, 39, "rows of its cameras")]
    public void ALieWithTheRightChecksumIsRefused(int offset, int lie, string words)
    {
        using TemporaryFolder folder = new();
        string path = folder["t.transform"];
        FeatureTransformFile.Write(
            path, FeatureTransformer.Learn(
            [s_made], new FeatureTransformOptions { CenterCamera = true, Components = 2 }));
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.GetBytes(lie).CopyTo(bytes, HeadLength + offset);
        SHA256.HashData([.. bytes[..20], .. bytes[HeadLength..]]).CopyTo(bytes, 20);
        GnnReRankException refused = null!;
        File.WriteAllBytes(path, bytes);
        Allocation.AssertBelow(
            1 << 18, () => refused = Assert.Throws<GnnReRankException>(() => FeatureTransformFile.Read(path)));
        Assert.Equal("CorruptFile", refused.ErrorId);
        Assert.Contains(words, refused.Message);
    }

    [Fact]
    public void NothingIsReplacedUnasked()
    {
        using TemporaryFolder folder = new();
        FeatureTransform transform = FeatureTransformer.Learn(
            [s_made], new FeatureTransformOptions { CenterCamera = true });
        File.WriteAllText(folder["t.transform"], "mine");
        Assert.Equal(
            "FileExists",
            Assert.Throws<GnnReRankException>(
            () => FeatureTransformFile.Write(folder["t.transform"], transform)).ErrorId);
        Assert.Equal("mine", File.ReadAllText(folder["t.transform"]));
        FeatureTransformFile.Write(folder["t.transform"], transform, overwrite: true);
        Assert.Equal(40, FeatureTransformFile.Read(folder["t.transform"]).RowCount);
        Assert.Equal(
            "UnknownFormat",
            Assert.Throws<GnnReRankException>(() => FeatureTransformFile.Write(folder["t.npz"], transform)).ErrorId);
        Assert.Equal(
            "UnknownFormat",
            Assert.Throws<GnnReRankException>(() => FeatureTransformFile.Read(folder["t.npz"])).ErrorId);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static GnnReRankException Refused(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        return Assert.Throws<GnnReRankException>(() => FeatureTransformFile.Read(path));
    }
}
