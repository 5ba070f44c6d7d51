using System.Text;
using GnnReRank.Formats.Mat.Values;
using GnnReRank.Tests.Formats.Fuzz;

namespace GnnReRank.Tests.Formats.Mat.Values;

public sealed class MatValueRefusalTests
{
    private const int ObjectClass = 3;
    private const int SparseClass = 5;
    private const int FunctionClass = 16;
    private const int OpaqueClass = 17;
    private const int MutationsPerFile = 1500;

    private static readonly byte[] s_number = MatBytes.Variable(string.Empty, MatBytes.DoubleClass, [1, 1], MatBytes.Doubles(7));

    [Fact]
    public void ReadsTheHandMadeStructThatTheOthersBreak()
    {
        MatStruct value = Assert.IsType<MatStruct>(Load(MatBytes.File(Struct([1, 2], 4, "a\0\0\0b\0\0\0", s_number, s_number, s_number, s_number)))["x"]);
        Assert.Equal(["a", "b"], value.Fields.Keys);
        Assert.Equal([7.0], Assert.IsType<MatNumbers>(value.Fields["b"][1]).Values);
    }

    [Theory]
    [InlineData(new[] { 1, 3 }, 4, "a\0\0\0b\0\0\0")]
    [InlineData(new[] { 1 << 30, 1 << 30 }, 4, "a\0\0\0b\0\0\0")]
    [InlineData(new[] { 1 << 30, 1 }, 1, "a")]
    [InlineData(new[] { 1, 2 }, 4, "a\0\0\0a\0\0\0")]
    [InlineData(new[] { 1, 2 }, 5, "a\0\0\0b\0\0\0")]
    [InlineData(new[] { 1, 2 }, 0, "a\0\0\0b\0\0\0")]
    [InlineData(new[] { 1, 2 }, -4, "a\0\0\0b\0\0\0")]
    [InlineData(new[] { 1, 1 }, 4, "a\0\0\0b\0\0\0")]
    public void RefusesAStructThatContradictsItself(int[] shape, int nameLength, string names)
    {
        byte[] variable = Struct(shape, nameLength, names, s_number, s_number, s_number, s_number);
        AssertRefused("CorruptFile", MatBytes.File(variable));
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Compressed(variable)));
    }

    [Fact]
    public void AStructWithoutFieldsHoldsNothingHoweverManyItClaims() =>
        Assert.Empty(Assert.IsType<MatStruct>(Load(MatBytes.File(Struct([1 << 30, 1 << 30], 4, string.Empty)))["x"]).Fields);

    [Fact]
    public void RefusesMoreCellsThanThereAreBytes() =>
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Variable("x", MatBytes.CellClass, [1 << 30, 1], s_number)));

    [Fact]
    public void RefusesMoreRowsOfTextThanThereAreBytes() =>
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Variable("x", MatBytes.CharClass, [1 << 30, 1], MatBytes.Element(MatBytes.Int8Type, [65]))));

    [Fact]
    public void RefusesACellThatReachesIntoTheNext()
    {
        byte[] greedy = [.. s_number];
        greedy[4] += 8;
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Variable("x", MatBytes.CellClass, [1, 2], greedy, s_number)));
        byte[] data = MatBytes.Element(MatBytes.DoubleType, 80, new byte[8]);
        byte[] reaching = MatBytes.Variable(string.Empty, MatBytes.DoubleClass, [10, 1], data);
        AssertRefused("CorruptFile", MatBytes.File(MatBytes.Variable("x", MatBytes.CellClass, [1, 2], reaching, new byte[200])));
    }

    [Fact]
    public void RefusesNestingWithoutEnd()
    {
        byte[] value = s_number;
        for (int level = 0; level < 40; level++)
        {
            value = MatBytes.Variable(string.Empty, MatBytes.CellClass, [1, 1], value);
        }

        AssertRefused("UnsupportedContent", MatBytes.File(MatBytes.Variable("x", MatBytes.CellClass, [1, 1], value)));
    }

    [Theory]
    [InlineData(ObjectClass, "object")]
    [InlineData(SparseClass, "sparse")]
    [InlineData(FunctionClass, "function")]
    [InlineData(200, "200")]
    public void NamesAClassThatIsNotRead(int arrayClass, string name)
    {
        GnnReRankException error = AssertRefused("UnsupportedContent", MatBytes.File(MatBytes.Variable("x", arrayClass, [1, 1], s_number)));
        Assert.Contains($" {name}", error.Message);
        Assert.Contains("x{1}", AssertRefused("UnsupportedContent", MatBytes.File(MatBytes.Variable(
            "x", MatBytes.CellClass, [1, 1], MatBytes.Variable(string.Empty, arrayClass, [1, 1], s_number)))).Message);
    }

    // MATLAB's string, table and datetime: flags, name, then "MCOS" and the class's name. They are no reason not to read another variable.
    [Fact]
    public void NamesMatlabsOwnObjectsAndReadsWhatIsBesideThem()
    {
        byte[] opaque = MatBytes.Element(MatBytes.MatrixType,
        [
            .. MatBytes.Element(MatBytes.UInt32Type, [OpaqueClass, 0, 0, 0, 0, 0, 0, 0]),
            .. MatBytes.Element(MatBytes.Int8Type, Encoding.ASCII.GetBytes("x")),
            .. MatBytes.Element(MatBytes.Int8Type, Encoding.ASCII.GetBytes("MCOS")),
            .. MatBytes.Element(MatBytes.Int8Type, Encoding.ASCII.GetBytes("string")),
            .. s_number,
        ]);
        byte[] file = MatBytes.File(opaque, MatBytes.Variable("features", MatBytes.DoubleClass, [1, 2], MatBytes.Doubles(1, 2)));
        Assert.Contains("opaque", AssertRefused("UnsupportedContent", file).Message);
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.mat"], file);
        Assert.Equal([1f, 2f], FeatureFile.Read(folder["a.mat"]).Matrices[0].GetRow(0));
    }

    [Theory]
    [InlineData("values.mat")]
    [InlineData("values_compressed.mat")]
    public void ADamagedFileIsRefusedOrStillValid(string file)
    {
        byte[] valid = File.ReadAllBytes(TestPaths.Data("mat", file));
        Mutator mutator = new(seed: 1);
        int refused = 0;
        for (int mutation = 0; mutation < MutationsPerFile; mutation++)
        {
            refused += IsRefused(mutator.Damage(valid)) ? 1 : 0;
        }

        Assert.InRange(refused, MutationsPerFile / 4, MutationsPerFile);
    }

    [Theory]
    [InlineData("values.mat")]
    [InlineData("values_compressed.mat")]
    public void AFileCutShortIsRefusedWhereItsLastVariableIsAskedFor(string file)
    {
        byte[] valid = File.ReadAllBytes(TestPaths.Data("mat", file));
        for (int length = 0; length < valid.Length; length += 7)
        {
            Assert.True(IsRefused(valid[..length], "none"), $"{file} cut to {length} bytes was read as if it were whole.");
        }
    }

    private static byte[] Struct(int[] shape, int nameLength, string names, params byte[][] values) => MatBytes.Variable(
        "x", MatBytes.StructClass, shape,
        [MatBytes.Element(MatBytes.Int32Type, BitConverter.GetBytes(nameLength)), MatBytes.Element(MatBytes.Int8Type, Encoding.ASCII.GetBytes(names)), .. values]);

    private static bool IsRefused(byte[] file, params string[] names)
    {
        bool refused = false;
        Allocation.AssertBelow(64 << 20, () =>
        {
            try
            {
                Load(file, names);
            }
            catch (GnnReRankException)
            {
                refused = true;
            }
        });
        return refused;
    }

    private static GnnReRankException AssertRefused(string errorId, byte[] file)
    {
        GnnReRankException? error = null;
        Allocation.AssertBelow(4 << 20, () => error = Assert.Throws<GnnReRankException>(() => Load(file)));
        Assert.Equal(errorId, error!.ErrorId);
        return error;
    }

    private static IReadOnlyDictionary<string, object> Load(byte[] bytes, params string[] names)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.mat"], bytes);
        return MatValues.Load(folder["a.mat"], names.Length == 0 ? null : names, CancellationToken.None);
    }
}
