using System.Numerics;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Tests.Formats.Pickle;

/// <summary>What CPython and NumPy wrote is what is read, in every protocol.</summary>
public sealed class PickleFileTests
{
    public static TheoryData<int> Protocols => [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void ReadsNumbersAndTexts(int protocol)
    {
        Dictionary<object, object?> values = Values(protocol);
        Assert.Null(values["none"]);
        Assert.Equal((true, false), (values["true"], values["false"]));
        long[] integers = [0, 1, 255, 256, 65535, 65536, -1, -129, int.MaxValue, int.MinValue, 1L << 31, long.MaxValue, long.MinValue];
        Assert.Equal(integers.Cast<object>(), List(values["integers"]));
        BigInteger[] large = [BigInteger.Pow(2, 63), -BigInteger.Pow(2, 63) - 1, BigInteger.Pow(2, 100), BigInteger.Pow(2, 2100)];
        Assert.Equal(large.Cast<object>(), List(values["large"]));
        double[] floats = [0, -1.5, 1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        Assert.Equal(floats.Cast<object>(), List(values["floats"]));
        string[] texts = ["", "plain", "caf\u00e9 \U0001F600 \u4e2d", "quote ' \" back\\slash \n line \r \0 \x1a", new string('x', 300)];
        Assert.Equal(texts, List(values["texts"]));
        Assert.Equal(Enumerable.Range(0, 2500).Select(number => (object)(long)number), List(values["many"]));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void ReadsBytes(int protocol)
    {
        Dictionary<object, object?> values = Values(protocol);
        byte[][] expected = [[], [0, 0x80, 0xFF], [.. Enumerable.Range(0, 256).Select(value => (byte)value)], [.. Enumerable.Repeat((byte)'y', 300)]];
        Assert.Equal(expected, List(values["bytes"]).Cast<byte[]>());
        Assert.Equal([0x01, 0xFE], Assert.IsType<byte[]>(values["bytearray"]));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void ReadsContainers(int protocol)
    {
        Dictionary<object, object?> values = Values(protocol);
        List<object?> tuples = List(values["tuples"]);
        Assert.Equal([0, 1, 2, 3, 4, 2], tuples.Select(tuple => Assert.IsType<object?[]>(tuple).Length));
        Assert.Equal(new object?[] { 1L, "a" }, ((object?[])tuples[5]!)[0]);
        HashSet<object>[] sets = [.. List(values["sets"]).Cast<HashSet<object>>()];
        Assert.Equal([0, 3, 0, 2], sets.Select(set => set.Count));
        Assert.Superset(new HashSet<object> { 1L, 2L, 3L }, sets[1]);
        Dictionary<object, object?> keys = Dictionary(values["keys"]);
        Assert.Equal(
            ["int", "text", "tuple", "bytes", "float"],
            new[] { keys[1L], keys["1"], keys[new object?[] { 1L, "a" }], keys["1"u8.ToArray()], keys[2.5] });
        Assert.Equal(["z", "a"], Dictionary(values["ordered"]).Keys);
        Assert.Equal([1L], List(Dictionary(values["default"])["k"]));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void KeepsSharedAndCircularReferences(int protocol)
    {
        Dictionary<object, object?> values = Values(protocol);
        List<object?> shared = List(values["shared"]);
        Assert.Same(shared[0], shared[1]);
        List<object?> circle = List(values["circle"]);
        Assert.Same(circle, Assert.Single(circle));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void ReadsArraysOfNumbers(int protocol)
    {
        Dictionary<object, object?> arrays = Dictionary(Load($"arrays_p{protocol}.pkl"));
        foreach ((string name, string type) in new[] { ("f2", "float16"), ("f4", "float32"), ("f8_big", "float64"), ("strided", "float32") })
        {
            PickledArray array = Array(arrays[name]);
            int step = name == "strided" ? 2 : 1;
            int columns = name == "strided" ? 3 : 5;
            Assert.Equal([6L, columns], array.Shape);
            Assert.Equal((type, name == "f8_big", false), (array.Type.ToString(), array.Type!.Value.IsBigEndian, array.IsFortran));
            Assert.Equal(
                from row in Enumerable.Range(0, 6) from column in Enumerable.Range(0, columns) select (object)(double)Formulas.Feature(row, column * step),
                array.Elements(CancellationToken.None));
        }

        PickledArray fortran = Array(arrays["fortran"]);
        Assert.True(fortran.IsFortran);
        Assert.Equal(
            from column in Enumerable.Range(0, 5) from row in Enumerable.Range(0, 6) select (object)(double)Formulas.Feature(row, column),
            fortran.Elements(CancellationToken.None));
        Assert.Equal(Formulas.Labels(6), Array(arrays["i8"]).Integers()!);
        Assert.Equal([0L, 1L, 2L, 3L, 4L, 5L], Array(arrays["u1"]).Integers()!);
        Assert.Null(Array(arrays["u8"]).Integers());
        Assert.Null(Array(arrays["f4"]).Integers());
        Assert.Equal([BigInteger.Pow(2, 63)], Array(arrays["u8"]).Elements(CancellationToken.None));
        Assert.Equal([true, false], Array(arrays["bool"]).Elements(CancellationToken.None));
        Assert.Equal([0L, 5L], Array(arrays["empty"]).Shape);
        Assert.Empty(Array(arrays["scalar_array"]).Shape);
        Assert.Equal([3.5], Array(arrays["scalar_array"]).Elements(CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void ReadsArraysOfTextsAndScalars(int protocol)
    {
        Dictionary<object, object?> arrays = Dictionary(Load($"arrays_p{protocol}.pkl"));
        foreach (string name in new[] { "names", "bytes", "objects" })
        {
            Assert.Equal(Formulas.Names(6), Array(arrays[name]).Elements(CancellationToken.None));
        }

        Assert.Equal(new object[] { 1.5, 2.5, -3L, BigInteger.Pow(2, 63), true, "\u00e9t", 0.25 }, List(arrays["scalars"]));
    }

    [Fact]
    public void ReadsWhatPython2Wrote()
    {
        Dictionary<object, object?> table = Dictionary(Load("python2_table.pkl"));
        Assert.Equal(
            from row in Enumerable.Range(0, 6) from column in Enumerable.Range(0, 5) select (object)(double)Formulas.Feature(row, column),
            Array(table["features"]).Elements(CancellationToken.None));
        Assert.Equal([0L, 1L, 2L, 3L, 4L, 5L], Array(table["labels"]).Integers()!);
        Assert.Equal(Enumerable.Range(0, 6).Select(row => $"img_{row}.jpg"), List(table["names"]));
        Dictionary<object, object?> text = Dictionary(Load("python2_text.pkl"));
        Assert.Equal(new object[] { 1L, 12L, true, 0.5 }, List(text["it's \0\u00ff\n"]));
        Assert.Equal(7L, Dictionary(text["a'b"])["k"]);
    }

    [Fact]
    public void ReadsTheGroundTruthOfTheRevisitedBenchmarks()
    {
        Dictionary<object, object?> truth = Dictionary(Load("ground_truth.pkl"));
        Assert.Equal(Enumerable.Range(0, 8).Select(row => $"all_souls_{row:000000}"), List(truth["imlist"]));
        List<object?> queries = List(truth["gnd"]);
        Dictionary<object, object?> first = Dictionary(queries[0]);
        Assert.Equal(new object[] { 136.5, 34.1, 648.5, 955.7 }, List(first["bbx"]));
        Assert.Equal([0L, 3L], Array(first["easy"]).Integers()!);
        Assert.Equal([0L], Array(first["junk"]).Shape);
        Assert.Equal([4L, 5L], List(Dictionary(queries[1])["easy"]).Cast<long>());
    }

    private static object? Load(string fixture) => PickleFile.Load(TestPaths.Data("pickle", fixture), TorchLegacy.LoadStorage, CancellationToken.None);

    private static Dictionary<object, object?> Values(int protocol) => Dictionary(Load($"values_p{protocol}.pkl"));

    private static Dictionary<object, object?> Dictionary(object? value) => Assert.IsType<Dictionary<object, object?>>(value);

    private static List<object?> List(object? value) => Assert.IsType<List<object?>>(value);

    private static PickledArray Array(object? value) => Assert.IsType<PickledArray>(value);
}
