using System.Text;

namespace GnnReRank.Tests.Formats.Mat;

public sealed class MatRefusalTests
{
    private static readonly FeatureReadOptions s_named = new() { NameColumn = "names" };

    private static readonly byte[] s_features = MatBytes.Variable("features", MatBytes.DoubleClass, [2, 2], MatBytes.Doubles(1, 2, 3, 4));

    [Fact]
    public void ReadsTheHandMadeFileThatTheOthersBreak()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.mat"], MatBytes.File(s_features));
        Assert.Equal([1f, 3f], FeatureFile.Read(folder["a.mat"]).Matrices[0].GetRow(0));
        File.WriteAllBytes(folder["a.mat"], MatBytes.File(MatBytes.Compressed(s_features)));
        Assert.Equal([2f, 4f], FeatureFile.Read(folder["a.mat"]).Matrices[0].GetRow(1));
    }

    [Theory]
    [InlineData(new[] { 1 << 30, 1 << 30 })]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue })]
    [InlineData(new[] { -2, -2 })]
    [InlineData(new[] { 4 })]
    [InlineData(new[] { 2, 3 })]
    [InlineData(new[] { 1, 2 })]
    public void RefusesAShapeThatTheFileDoesNotHold(int[] shape)
    {
        byte[] variable = MatBytes.Variable("features", MatBytes.DoubleClass, shape, MatBytes.Doubles(1, 2, 3, 4));
        AssertRefused("CorruptFile", MatBytes.File(variable));
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Compressed(variable)));
    }

    [Fact]
    public void RefusesAnElementThatClaimsGigabytes()
    {
        byte[] data = MatBytes.Element(MatBytes.DoubleType, uint.MaxValue - 7, [0, 0, 0, 0, 0, 0, 0, 0]);
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Variable("features", MatBytes.DoubleClass, [2, 2], data)));
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Compressed(MatBytes.Variable("features", MatBytes.DoubleClass, [2, 2], data))));
    }

    [Fact]
    public void RefusesACompressedVariableThatClaimsMoreThanDeflateCanMake() => AssertRefused(
        "CorruptFile", MatBytes.File(MatBytes.Compressed(MatBytes.Element(MatBytes.MatrixType, 1 << 30, new byte[1000]))));

    [Fact]
    public void RefusesACompressedVariableThatGoesOnBehindItsEnd() => AssertRefused(
        "CorruptFile", MatBytes.File(MatBytes.Compressed([.. s_features, .. new byte[1 << 20]])));

    [Fact]
    public void FindsADamagedVariableByItsChecksum()
    {
        byte[] file = MatBytes.File(MatBytes.Compressed(s_features));
        file[^1] ^= 1;
        AssertRefused("CorruptFile", file);
    }

    [Fact]
    public void RefusesCompressionThatNeedsAPresetDictionary()
    {
        byte[] file = MatBytes.File(MatBytes.Compressed(s_features));
        ReadOnlySpan<byte> zlibHeaderWithDictionary = [0x78, 0x20];
        zlibHeaderWithDictionary.CopyTo(file.AsSpan(128 + 8));
        AssertRefused("CorruptFile", file);
    }

    [Fact]
    public void RefusesCompressionWithinCompression() =>
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Compressed(MatBytes.Compressed(s_features))));

    [Fact]
    public void RefusesCellsThatNestWithoutEnd()
    {
        const int depth = 20_000;
        byte[] header = MatBytes.Header(string.Empty, MatBytes.CellClass, [1, 1]);
        List<byte[]> cells = [];
        for (int level = 1; level <= depth; level++)
        {
            int levelsWithin = depth - level;
            cells.Add(MatBytes.Element(MatBytes.MatrixType, (uint)(header.Length + (levelsWithin * (header.Length + 8))), header));
        }

        byte[] names = MatBytes.Variable("names", MatBytes.CellClass, [1, 1], [.. cells]);
        byte[] features = MatBytes.Variable("features", MatBytes.DoubleClass, [1, 2], MatBytes.Doubles(1, 2));
        AssertRefused("CorruptFile", MatBytes.File(features, names));
    }

    [Fact]
    public void RefusesEndlesslyManyCells() => AssertRefused(
        "RowCountMismatch", MatBytes.File(s_features, MatBytes.Variable("names", MatBytes.CellClass, [1 << 30, 1])), s_named);

    [Fact]
    public void RefusesFewerCellsThanClaimed() => AssertRefused(
        "CorruptFile",
        MatBytes.File(s_features, MatBytes.Variable("names", MatBytes.CellClass, [2, 1], MatBytes.Variable(string.Empty, MatBytes.CharClass, [0, 0]))));

    [Theory]
    [InlineData(MatBytes.DoubleClass)]
    [InlineData(MatBytes.StructClass)]
    [InlineData(200)]
    public void RefusesNamesThatAreNoText(int arrayClass) => AssertRefused(
        "UnsupportedContent", MatBytes.File(s_features, MatBytes.Variable("names", arrayClass, [2, 1], MatBytes.Doubles(1, 2))), s_named);

    // scipy's own tests have such a file: dimensions as unsigned numbers.
    [Fact]
    public void ReadsDimensionsThatAreUnsigned()
    {
        using TemporaryFolder folder = new();
        byte[] file = MatBytes.File(MatBytes.Variable("features", MatBytes.DoubleClass, [1, 2], MatBytes.Doubles(1, 2)));
        int dimensions = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[MatBytes.Int32Type, 0, 0, 0, 8, 0, 0, 0]);
        file[dimensions] = MatBytes.UInt32Type;
        File.WriteAllBytes(folder["a.mat"], file);
        Assert.Equal([1f, 2f], FeatureFile.Read(folder["a.mat"]).Matrices[0].GetRow(0));
    }

    [Fact]
    public void RefusesAVariableThatIsThereTwice() => AssertRefused("CorruptFile", MatBytes.File(s_features, s_features));

    [Fact]
    public void RefusesWhatIsNoVariable() => AssertRefused("CorruptFile", MatBytes.File(MatBytes.Doubles(1, 2)));

    [Fact]
    public void IgnoresVariablesThatNobodyAskedFor()
    {
        using TemporaryFolder folder = new();
        byte[] unused = MatBytes.Variable("settings", MatBytes.StructClass, [1 << 30, 1 << 30], new byte[24]);
        File.WriteAllBytes(folder["a.mat"], MatBytes.File(unused, s_features));
        Assert.Equal([1f, 3f], FeatureFile.Read(folder["a.mat"]).Matrices[0].GetRow(0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RefusesAVersion73FileThatHoldsNothing(bool userBlock)
    {
        byte[] signature = [0x89, .. "HDF"u8, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[100]];
        byte[] bytes = userBlock ? [.. Encoding.ASCII.GetBytes("MATLAB 7.3 MAT-file".PadRight(512)), .. signature] : signature;
        AssertRefused("CorruptFile", bytes);
    }

    [Fact]
    public void RefusesAHeaderThatIsCutShort() => AssertRefused("CorruptFile", MatBytes.File(s_features)[..100]);

    private static GnnReRankException AssertRefused(string errorId, byte[] bytes, FeatureReadOptions? options = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.mat"], bytes);
        GnnReRankException? error = null;
        Allocation.AssertBelow(4 << 20, () => error = Formulas.Refused(folder["a.mat"], options));
        Assert.Equal(errorId, error!.ErrorId);
        return error;
    }
}
