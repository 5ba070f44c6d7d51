namespace GnnReRank.Tests.Formats.Torch;

public sealed class TorchReaderTests
{
    [Theory]
    [InlineData("f4.pt")]
    [InlineData("f2.pt")]
    [InlineData("f8.pt")]
    [InlineData("f4_legacy.pt")]
    [InlineData("f2_legacy.pt")]
    [InlineData("f8_legacy.pt")]
    [InlineData("f4_big.pt")]
    [InlineData("bf16.pt")]
    [InlineData("bf16_legacy.pt")]
    [InlineData("parameter.pt")]
    [InlineData("requires_grad.pt")]
    [InlineData("rows_of_one.pt")]
    [InlineData("size.pt")]
    public void ReadsFeatures(string file) => Formulas.AssertFeatures(Read(file), 6, 5, Formulas.Feature);

    [Theory]
    [InlineData("i8.pt")]
    [InlineData("i4.pt")]
    [InlineData("i2.pt")]
    [InlineData("i1.pt")]
    [InlineData("u1.pt")]
    [InlineData("untyped_u2.pt")]
    public void ReadsIntegers(string file) => Formulas.AssertFeatures(Read(file), 6, 5, Formulas.Integer);

    [Fact]
    public void ReadsTruthValues() => Formulas.AssertFeatures(Read("bool.pt"), 6, 5, Formulas.Truth);

    [Fact]
    public void KeepsFloat16() => Assert.Equal(FeatureElementType.Float16, Read("f2.pt").ElementType);

    [Theory]
    [InlineData("transposed.pt", 6, 5, 0, 1, 0, 1, true)]
    [InlineData("transposed_legacy.pt", 6, 5, 0, 1, 0, 1, true)]
    [InlineData("strided.pt", 6, 5, 0, 2, 0, 2, false)]
    [InlineData("offset.pt", 6, 10, 3, 1, 0, 1, false)]
    [InlineData("strided_bf16.pt", 6, 4, 1, 1, 2, 2, false)]
    public void ReadsViews(string file, int rows, int columns, int firstRow, int rowStep, int firstColumn, int columnStep, bool transposed) =>
        Formulas.AssertFeatures(
            Read(file), rows, columns,
            (row, column) => transposed
                ? Formulas.Feature(column, row)
                : Formulas.Feature(firstRow + (row * rowStep), firstColumn + (column * columnStep)));

    [Theory]
    [InlineData("table.pt")]
    [InlineData("table_legacy.pt")]
    [InlineData("table_deflated.pt")]
    public void ReadsADictionary(string file)
    {
        FeatureMatrix matrix = Read(file);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6), matrix.Labels!);
        Assert.Equal(Formulas.Cameras(6), matrix.Cameras!);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
    }

    [Fact]
    public void ReadsATuple()
    {
        FeatureMatrix matrix = Read("tuple.pt");
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6), matrix.Labels!);
        Assert.Equal(Formulas.Cameras(6), matrix.Cameras!);
    }

    [Theory]
    [InlineData("list.pt")]
    [InlineData("by_name.pt")]
    [InlineData("tensors_in_pickle_p2.pkl")]
    [InlineData("tensors_in_pickle_p4.pkl")]
    public void ReadsNamesBesideTensors(string file)
    {
        FeatureMatrix matrix = Read(file);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
    }

    [Fact]
    public void ReadsSets()
    {
        FeatureReadOptions both = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("torch", "sets.pt"), both).Matrices;
        Formulas.AssertFeatures(matrices[0], 4, 5, Formulas.Feature);
        Formulas.AssertFeatures(matrices[1], 6, 5, Formulas.Feature);
        Assert.Equal([0L, 1L, 2L, 3L], matrices[0].Labels!);
    }

    /// <summary>People give files of torch.save the ending of a pickle, and the other way round.</summary>
    [Theory]
    [InlineData("torch", "table.pt", ".pkl")]
    [InlineData("torch", "table_legacy.pt", ".pickle")]
    [InlineData("torch", "table.pt", ".pth")]
    [InlineData("torch", "table.pt", ".bin")]
    [InlineData("pickle", "table_p4.pkl", ".pt")]
    [InlineData("pickle", "table_p0.pkl", ".pth")]
    public void GoesByTheContent(string group, string file, string ending)
    {
        using TemporaryFolder folder = new();
        File.Copy(TestPaths.Data(group, file), folder["table" + ending]);
        Formulas.AssertFeatures(Assert.Single(FeatureFile.Read(folder["table" + ending]).Matrices), 6, 5, Formulas.Feature);
    }

    private static FeatureMatrix Read(string file) => Assert.Single(FeatureFile.Read(TestPaths.Data("torch", file)).Matrices);
}
