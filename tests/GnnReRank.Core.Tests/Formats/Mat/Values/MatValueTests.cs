using GnnReRank.Formats.Mat.Values;

namespace GnnReRank.Tests.Formats.Mat.Values;

/// <summary>Files of scipy, and the same in version 7.3; make_mat_fixtures.py and make_mat73_fixtures.py say what is in them.</summary>
public sealed class MatValueTests
{
    public static TheoryData<string> Files => ["values.mat", "values_compressed.mat", "values73.mat"];

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadsNumbersColumnByColumn(string file)
    {
        IReadOnlyDictionary<string, object> values = Load(file);
        AssertNumbers([2, 3], [1.5, 4, 2, 5, 3, 6], values["matrix"]);
        AssertNumbers([1, 3], [-3, 200, 70000], values["whole"]);
        AssertNumbers([1, 2], [1, 0], values["flags"]);
        AssertNumbers([0, 0], [], values["nothing"]);

        // C order in Python: element (i, j, k) is 12 i + 4 j + k; i runs fastest in the file.
        AssertNumbers([2, 3, 4], Enumerable.Range(0, 24).Select(place => (12.0 * (place % 2)) + (4 * (place / 2 % 3)) + (place / 6)), values["cube"]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadsText(string file)
    {
        IReadOnlyDictionary<string, object> values = Load(file);
        Assert.Equal("all_souls_000013", values["text"]);
        Assert.Equal(string.Empty, values["blank"]);
        Assert.Equal("Zürich €", values["letters"]);
        AssertCell([2, 1], ["ab", "abcd"], values["rows"]);
        AssertCell([3, 1], ["a", "bb", "ccc"], values["column"]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadsCellsWithinCells(string file)
    {
        MatCell cells = Assert.IsType<MatCell>(Load(file)["cells"]);
        Assert.Equal([1, 4], cells.Shape);
        Assert.Equal("one", cells.Values[0]);
        AssertNumbers([1, 2], [2, 3], cells.Values[1]);
        AssertNumbers([0, 0], [], cells.Values[2]);
        MatCell inner = Assert.IsType<MatCell>(cells.Values[3]);
        Assert.Equal("deep", inner.Values[0]);
        AssertCell([1, 0], [], inner.Values[1]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadsArraysOfStructs(string file)
    {
        MatStruct many = Assert.IsType<MatStruct>(Load(file)["many"]);
        Assert.Equal([1, 3], many.Shape);
        Assert.Equal(3, many.Count);
        Assert.Equal(["easy", "hard"], many.Fields.Keys);
        AssertNumbers([1, 2], [1, 2], many.Fields["easy"][0]);
        AssertNumbers([1, 0], [], many.Fields["hard"][0]);
        AssertNumbers([1, 1], [3], many.Fields["easy"][1]);
        AssertNumbers([1, 2], [4, 5], many.Fields["hard"][1]);
        AssertNumbers([0, 0], [], many.Fields["easy"][2]);
        AssertNumbers([1, 1], [6], many.Fields["hard"][2]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadsStructsOfEveryShape(string file)
    {
        IReadOnlyDictionary<string, object> values = Load(file);
        MatStruct grid = Assert.IsType<MatStruct>(values["grid"]);
        Assert.Equal([2, 2], grid.Shape);
        Assert.Equal(["00", "10", "01", "11"], grid.Fields["at"]);
        MatStruct none = Assert.IsType<MatStruct>(values["none"]);
        Assert.Equal(0, none.Count);
        Assert.Empty(none.Fields["easy"]);
        MatStruct single = Assert.IsType<MatStruct>(values["single"]);
        Assert.Equal("x", single.Fields["name"][0]);
        MatStruct inner = Assert.IsType<MatStruct>(single.Fields["inner"][0]);
        MatCell list = Assert.IsType<MatCell>(inner.Fields["list"][0]);
        Assert.Equal("y", list.Values[0]);
        AssertNumbers([1, 1], [7], list.Values[1]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadsOnlyWhatIsAskedFor(string file) =>
        Assert.Equal(["text"], MatValues.Load(TestPaths.Data("mat", file), ["text"], CancellationToken.None).Keys);

    [Theory]
    [MemberData(nameof(Files))]
    public void SaysWhichVariablesThereAre(string file)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => MatValues.Load(TestPaths.Data("mat", file), ["text", "gnd"], CancellationToken.None));
        Assert.Equal("ColumnNotFound", error.ErrorId);
        Assert.Contains("'gnd'", error.Message);
        Assert.Contains("'matrix'", error.Message);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void CanBeStopped(string file)
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => MatValues.Load(TestPaths.Data("mat", file), null, source.Token));
    }

    private static IReadOnlyDictionary<string, object> Load(string file) => MatValues.Load(TestPaths.Data("mat", file), null, CancellationToken.None);

    private static void AssertNumbers(long[] shape, IEnumerable<double> expected, object actual)
    {
        MatNumbers numbers = Assert.IsType<MatNumbers>(actual);
        Assert.Equal(shape, numbers.Shape);
        Assert.Equal(expected, numbers.Values);
    }

    private static void AssertCell(long[] shape, object[] expected, object actual)
    {
        MatCell cell = Assert.IsType<MatCell>(actual);
        Assert.Equal(shape, cell.Shape);
        Assert.Equal(expected, cell.Values);
    }
}
