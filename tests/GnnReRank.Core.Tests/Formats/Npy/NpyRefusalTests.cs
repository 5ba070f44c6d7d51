namespace GnnReRank.Tests.Formats.Npy;

public sealed class NpyRefusalTests
{
    private const long SmallAllocation = 1 << 20;

    [Theory]
    [InlineData("structured.npy", "UnsupportedContent", "structured")]
    [InlineData("complex.npy", "UnsupportedContent", "<c8")]
    [InlineData("one_dimension.npy", "WrongArrayShape", "reshape(-1, 1)")]
    [InlineData("three_dimensions.npy", "WrongArrayShape", "reshape(len(a), -1)")]
    [InlineData("empty.npy", "EmptyFeatureMatrix", "0 x 5")]
    public void RefusesContentThatIsNoFeatures(string fixture, string errorId, string words)
    {
        GnnReRankException error = Formulas.RefusedFixture(fixture);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(words, error.Message);
    }

    [Theory]
    [InlineData("(1152921504606846976, 1)")]
    [InlineData("(1073741824, 1073741824)")]
    [InlineData("(9223372036854775807, 9223372036854775807, 9223372036854775807)")]
    [InlineData("(4294967296, 4294967296, 1)")]
    [InlineData("(3, 1)")]
    [InlineData("(1, 1)")]
    public void RefusesAShapeThatTheFileDoesNotHold(string shape) => AssertCorrupt(NpyBytes.Make("<f4", shape, NpyBytes.Singles(1, 2)));

    [Theory]
    [InlineData("(-1, -2)")]
    [InlineData("(99999999999999999999, 1)")]
    [InlineData("(2, 1")]
    [InlineData("2")]
    [InlineData("(2, x)")]
    [InlineData("(2.0, 1)")]
    [InlineData("[2, 1]")]
    [InlineData("(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2)")]
    public void RefusesAShapeThatIsNone(string shape) => AssertCorrupt(NpyBytes.Make("<f4", shape, NpyBytes.Singles(1, 2)));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), 'shape': (2, 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), 'more': 1}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1)} + exit()")]
    [InlineData("{'descr': __import__('os'), 'fortran_order': False, 'shape': (2, 1)}")]
    [InlineData("{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (2, 1)}")]
    [InlineData("{'descr': [[[[[[[[[[", 2)]
    public void RefusesAHeaderThatIsNoPlainDictionary(string header, byte version = 1) =>
        AssertCorrupt(NpyBytes.Make(header, NpyBytes.Singles(1, 2), version));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(1, 1)]
    public void RefusesAnUnknownVersion(byte major, byte minor)
    {
        byte[] bytes = NpyBytes.Make("<f4", "(2, 1)", NpyBytes.Singles(1, 2));
        (bytes[6], bytes[7]) = (major, minor);
        AssertCorrupt(bytes);
    }

    [Fact]
    public void RefusesAHeaderThatClaimsGigabytes()
    {
        byte[] bytes = NpyBytes.Make("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1)}", NpyBytes.Singles(1, 2), version: 2);
        bytes.AsSpan(8, 4).Fill(0x7F);
        AssertCorrupt(bytes);
    }

    [Theory]
    [InlineData("<f16")]
    [InlineData("<i3")]
    [InlineData("<M8[ns]")]
    [InlineData("<U4")]
    [InlineData("")]
    public void RefusesElementsThatAreNoNumbers(string descriptor)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npy"], NpyBytes.Make(descriptor, "(1, 1)", new byte[16]));
        Assert.Equal("UnsupportedContent", Formulas.Refused(folder["a.npy"]).ErrorId);
    }

    [Fact]
    public void RefusesAQuestionForSets() => Assert.Equal(
        "UnsupportedContent", Formulas.RefusedFixture("f4.npy", new FeatureReadOptions { Sets = [FeatureRole.Query] }).ErrorId);

    [Fact]
    public void RefusesAQuestionForLabels() => Assert.Equal(
        "ColumnNotFound", Formulas.RefusedFixture("f4.npy", new FeatureReadOptions { LabelColumn = "labels" }).ErrorId);

    [Fact]
    public void SaysWhatAFileOfAnotherFormatIs()
    {
        using TemporaryFolder folder = new();
        File.Copy(TestPaths.Data("numpy", "sets.npz"), folder["a.npy"]);
        GnnReRankException error = Formulas.Refused(folder["a.npy"]);
        Assert.Equal("WrongFormat", error.ErrorId);
        Assert.Contains("Npz", error.Message);
    }

    private static void AssertCorrupt(byte[] bytes)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npy"], bytes);
        Allocation.AssertBelow(SmallAllocation, () => Assert.Equal("CorruptFile", Formulas.Refused(folder["a.npy"]).ErrorId));
    }
}
