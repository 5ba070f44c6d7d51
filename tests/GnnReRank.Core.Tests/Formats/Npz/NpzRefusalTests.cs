using System.IO.Compression;
using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats.Npz;

public sealed class NpzRefusalTests
{
    private static readonly byte[] s_features = NpyBytes.Make("<f4", "(2, 2)", NpyBytes.Singles(1, 2, 3, 4));

    [Theory]
    [InlineData("(2, 1)", "<f8", "NotAnInteger")]
    [InlineData("(1, 2)", "<f8", "NotAnInteger")]
    [InlineData("(1, 2)", "<u8", "NotAnInteger")]
    [InlineData("(1, 1, 2)", "<i8", "RowCountMismatch")]
    [InlineData("(0, 2)", "<i8", "CorruptFile")]
    [InlineData("(2, 1152921504606846976)", "<i8", "CorruptFile")]
    [InlineData("(1152921504606846976,)", "<U0", "RowCountMismatch")]
    public void RefusesLabelsThatDoNotFit(string shape, string descriptor, string errorId)
    {
        byte[] data = descriptor == "<U0" ? [] : descriptor == "<f8" ? NpyBytes.Doubles(1, 1.5) : NpyBytes.Longs(1, -1);
        AssertRefused(errorId, ("features", s_features), ("labels", NpyBytes.Make(descriptor, shape, data)));
    }

    [Theory]
    [InlineData("<U1", 4)]
    [InlineData("|S1", 1)]
    public void SaysHowToNumberFeaturesThatAreTexts(string descriptor, int size)
    {
        using TemporaryFolder folder = new();
        byte[] texts = new byte[2 * size];
        (texts[0], texts[size]) = ((byte)'a', (byte)'b');
        Write(folder["texts.npz"], CompressionLevel.Optimal, ("features", NpyBytes.Make(descriptor, "(2, 1)", texts)));
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureFile.Read(folder["texts.npz"]));
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains("numpy.unique(a, return_inverse=True)[1]", error.Message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(9223372036854775808.0)]
    public void RefusesLabelsThatAreNoIntegers(double label) => AssertRefused(
        "NotAnInteger", ("features", s_features), ("labels", NpyBytes.Make("<f8", "(2,)", NpyBytes.Doubles(0, label))));

    [Fact]
    public void RefusesEndlesslyManyEmptyNames() => AssertRefused(
        "RowCountMismatch", ("features", s_features), ("names", NpyBytes.Make("<U0", "(1152921504606846976,)", [])));

    [Fact]
    public void RefusesNamesThatAreNoCharacters() => AssertRefused(
        "CorruptFile", ("features", s_features), ("names", NpyBytes.Make("<U1", "(2,)", NpyBytes.Ints(65, 0x7FFFFFFF))));

    [Fact]
    public void RefusesACameraPast32Bits() => AssertRefused(
        "CameraOutOfRange", ("features", s_features), ("cams", NpyBytes.Make("<i8", "(2,)", NpyBytes.Longs(1, 1L << 40))));

    [Fact]
    public void SaysWhenFeaturesSeemTransposed() => AssertRefused(
        "TransposedFeatures",
        ("features", NpyBytes.Make("<f4", "(2, 3)", NpyBytes.Singles(1, 2, 3, 4, 5, 6))),
        ("labels", NpyBytes.Make("<i8", "(3,)", NpyBytes.Longs(1, 2, 3))));

    [Fact]
    public void RefusesAnArrayThatIsThereTwice() => AssertRefused("CorruptFile", ("features", s_features), ("features", s_features));

    [Fact]
    public void RefusesAHeaderThatDisagreesWithItsEntry() =>
        AssertRefused("CorruptFile", ("features", NpyBytes.Make("<f4", "(2147483647, 2147483647)", NpyBytes.Singles(1, 2))));

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void FindsADamagedValueByItsChecksum(CompressionLevel level)
    {
        using TemporaryFolder folder = new();
        Write(folder["a.npz"], level, ("features", s_features));
        byte[] bytes = File.ReadAllBytes(folder["a.npz"]);
        int checksum = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16;
        bytes[checksum] ^= 1;
        File.WriteAllBytes(folder["a.npz"], bytes);
        Assert.Equal("CorruptFile", Formulas.Refused(folder["a.npz"]).ErrorId);
    }

    [Fact]
    public void RefusesAnEntryThatClaimsMoreThanDeflateCanMake()
    {
        using TemporaryFolder folder = new();
        Write(folder["a.npz"], CompressionLevel.Optimal, ("features", NpyBytes.Make("<f4", "(16384, 32768)", [])));
        byte[] bytes = File.ReadAllBytes(folder["a.npz"]);
        int directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.GetBytes(0x7FFFFFFF).CopyTo(bytes, directory + 24);
        File.WriteAllBytes(folder["a.npz"], bytes);
        Allocation.AssertBelow(1 << 20, () => Assert.Equal("CorruptFile", Formulas.Refused(folder["a.npz"]).ErrorId));
    }

    [Fact]
    public void RefusesAnArchiveWithoutArrays()
    {
        using TemporaryFolder folder = new();
        using (ZipArchive archive = ZipFile.Open(folder["a.npz"], ZipArchiveMode.Create))
        {
            archive.CreateEntry("readme.txt");
        }

        Assert.Equal("ColumnNotFound", Formulas.Refused(folder["a.npz"]).ErrorId);
    }

    private static void AssertRefused(string errorId, params (string Name, byte[] Bytes)[] arrays)
    {
        using TemporaryFolder folder = new();
        Write(folder["a.npz"], CompressionLevel.Optimal, arrays);
        string? Named(string name) => arrays.Select(array => array.Name).FirstOrDefault(given => given == name);
        FeatureReadOptions options = new() { LabelColumn = Named("labels"), CameraColumn = Named("cams"), NameColumn = Named("names") };
        Allocation.AssertBelow(1 << 20, () => Assert.Equal(errorId, Formulas.Refused(folder["a.npz"], options).ErrorId));
    }

    private static void Write(string path, CompressionLevel level, params (string Name, byte[] Bytes)[] arrays)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in arrays)
        {
            using Stream stream = archive.CreateEntry(name + ".npy", level).Open();
            stream.Write(bytes);
        }
    }
}
