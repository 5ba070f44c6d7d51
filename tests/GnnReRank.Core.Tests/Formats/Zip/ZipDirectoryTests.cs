using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats.Zip;

/// <summary>What an archive says twice of its members; a .npz archive stands for all.</summary>
public sealed class ZipDirectoryTests
{
    private static readonly ZipBytes s_features = new("features.npy", NpyBytes.Make("<f4", "(2, 2)", NpyBytes.Singles(1, 2, 3, 4)));
    private static readonly ZipBytes s_labels = new("labels.npy", NpyBytes.Make("<i8", "(2,)", NpyBytes.Longs(7, 8)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsTheHandMadeArchiveThatTheOthersBreak(bool hasLongLengths) => AssertRead(ZipBytes.Archive(
        (s_features with { HasLongLengths = hasLongLengths }, s_features), (s_labels with { HasLongLengths = hasLongLengths }, s_labels)));

    /// <summary>Where the writer could not go back, checksum and lengths follow the bytes and the header has none.</summary>
    [Fact]
    public void ReadsMembersWhoseLengthsFollow() => AssertRead(ZipBytes.Archive(
        (s_features with { Flags = 8, Checksum = 0, Length = 0 }, s_features with { Flags = 8 }), (s_labels, s_labels)));

    [Fact]
    public void ReadsAnArchiveBehindWhichAnotherEndStands()
    {
        byte[] archive = ZipBytes.Archive((s_features, s_features), (s_labels, s_labels));
        (int length, int start) = (BitConverter.ToInt32(archive, archive.Length - 10), BitConverter.ToInt32(archive, archive.Length - 6));
        AssertRead([.. archive[..^22], .. ZipBytes.LongEnd(2, length, start), .. archive[^22..]]);
        AssertRefused("two ends of the archive disagree", [.. archive[..^22], .. ZipBytes.LongEnd(1, length, start), .. archive[^22..]]);
    }

    [Fact]
    public void RefusesAMemberOfTwoNames() => AssertRefused(
        "'labels/npy' of its directory is called 'labels.npy'", ZipBytes.Archive((s_features, s_features), (s_labels, s_labels with { Name = "labels/npy" })));

    [Fact]
    public void RefusesAMemberOfTwoDescriptions()
    {
        AssertRefused("disagree", ZipBytes.Archive((s_features, s_features), (s_labels with { Checksum = 1 }, s_labels)));
        AssertRefused("disagree", ZipBytes.Archive((s_features, s_features), (s_labels with { Length = 1 }, s_labels)));
        AssertRefused("disagree", ZipBytes.Archive((s_features, s_features), (s_labels with { Length = 1, HasLongLengths = true }, s_labels)));
        AssertRefused("disagree", ZipBytes.Archive((s_features, s_features), (s_labels with { Method = 8 }, s_labels)));
        AssertRefused("disagree", ZipBytes.Archive((s_features, s_features), (s_labels with { Flags = 1 }, s_labels)));
    }

    [Fact]
    public void RefusesFewerMembersThanTheEndTellsOf()
    {
        byte[] archive = ZipBytes.Archive((s_features, s_features), (s_labels, s_labels));
        archive[^12] = archive[^14] = 3;
        AssertRefused("tells of 3 members, and its directory lists 2", archive);
        archive[^12] = 2;
        AssertRefused("two numbers of members", archive);
    }

    [Fact]
    public void RefusesADirectoryThatLosesItsLastEntry()
    {
        byte[] archive = ZipBytes.Archive((s_features, s_features), (s_labels, s_labels));
        archive[^10] -= (byte)s_labels.Entry(0).Length;
        AssertRefused("claims the bytes from", archive);
    }

    [Fact]
    public void RefusesAMemberCompressedInAnotherWay()
    {
        byte[] archive = ZipBytes.Archive((s_features with { Method = 14 }, s_features with { Method = 14 }));
        Assert.Contains("zip's method 14", Refused("UnsupportedContent", archive).Message);
        archive = ZipBytes.Archive((s_features with { Flags = 1 }, s_features with { Flags = 1 }));
        Assert.Contains("password", Refused("UnsupportedContent", archive).Message);
    }

    /// <summary>A member whose bytes are a member: a small archive could so hold any number of large ones.</summary>
    [Fact]
    public void RefusesMembersThatShareTheirBytes()
    {
        ZipBytes inner = new("features.npy", NpyBytes.Make("<f4", "(100, 2)", new byte[800]));
        ZipBytes outer = new("more.npy", inner.Header);
        byte[] directory = [.. outer.Entry(0), .. inner.Entry(30 + outer.Name.Length)];
        AssertRefused("Its members claim", [.. outer.Header, .. directory, .. ZipBytes.End(2, directory.Length, outer.Header.Length)]);
    }

    private static void AssertRead(byte[] archive)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npz"], archive);
        FeatureMatrix matrix = FeatureFile.Read(folder["a.npz"]).Matrices[0];
        Assert.Equal([3f, 4f], matrix.GetRow(1));
        Assert.Equal([7, 8], matrix.Labels!);
    }

    private static void AssertRefused(string what, byte[] archive) => Assert.Contains(what, Refused("CorruptFile", archive).Message);

    private static GnnReRankException Refused(string errorId, byte[] archive)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npz"], archive);
        GnnReRankException error = Formulas.Refused(folder["a.npz"]);
        Assert.Equal(errorId, error.ErrorId);
        return error;
    }
}
