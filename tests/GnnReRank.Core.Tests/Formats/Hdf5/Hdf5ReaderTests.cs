namespace GnnReRank.Tests.Formats.Hdf5;

/// <summary>Files of h5py, by the formulas they were made from.</summary>
public sealed class Hdf5ReaderTests
{
    private static readonly FeatureReadOptions s_sets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };

    [Theory]
    [InlineData("f2", FeatureElementType.Float16)]
    [InlineData("f4", FeatureElementType.Float32)]
    [InlineData("f8", FeatureElementType.Float32)]
    [InlineData("f2_big", FeatureElementType.Float16)]
    [InlineData("f4_big", FeatureElementType.Float32)]
    [InlineData("f8_big", FeatureElementType.Float32)]
    public void ReadsFloatingPoint(string dataset, FeatureElementType kept)
    {
        FeatureMatrix matrix = Hdf5Fixtures.Read("types.h5", dataset);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(kept, matrix.ElementType);
    }

    [Theory]
    [InlineData("i1")]
    [InlineData("i2")]
    [InlineData("i4")]
    [InlineData("i8")]
    [InlineData("u1")]
    [InlineData("u2")]
    [InlineData("u4")]
    [InlineData("u8")]
    [InlineData("i1_big")]
    [InlineData("i2_big")]
    [InlineData("i4_big")]
    [InlineData("i8_big")]
    [InlineData("u1_big")]
    [InlineData("u2_big")]
    [InlineData("u4_big")]
    [InlineData("u8_big")]
    public void ReadsIntegers(string dataset) => Formulas.AssertFeatures(Hdf5Fixtures.Read("types.h5", dataset), 6, 5, Formulas.Integer);

    [Fact]
    public void ReadsTruthValues() => Formulas.AssertFeatures(Hdf5Fixtures.Read("types.h5", "bool"), 6, 5, Formulas.Truth);

    [Theory]
    [InlineData("layouts.h5", "contiguous")]
    [InlineData("layouts.h5", "compact")]
    [InlineData("layouts.h5", "chunked")]
    [InlineData("layouts.h5", "rows")]
    [InlineData("layouts.h5", "growing")]
    [InlineData("layouts.h5", "gzip")]
    [InlineData("layouts.h5", "shuffled")]
    [InlineData("layouts.h5", "checked")]
    [InlineData("layouts.h5", "all")]
    [InlineData("layouts.h5", "lzf")]
    [InlineData("layouts.h5", "lzf_shuffled")]
    [InlineData("layouts.h5", "shrunk")]
    [InlineData("latest.h5", "contiguous")]
    [InlineData("latest.h5", "single")]
    [InlineData("latest.h5", "single_gzip")]
    [InlineData("latest.h5", "fixed")]
    [InlineData("latest.h5", "fixed_gzip")]
    [InlineData("latest.h5", "implicit")]
    public void ReadsEveryLayout(string file, string dataset) =>
        Formulas.AssertFeatures(Hdf5Fixtures.Read(file, dataset), 7, 5, Formulas.Feature);

    [Fact]
    public void ReadsManyChunks()
    {
        Formulas.AssertFeatures(Hdf5Fixtures.Read("layouts.h5", "high"), 300, 4, Formulas.Feature);
        Formulas.AssertFeatures(Hdf5Fixtures.Read("latest.h5", "paged"), 1100, 2, Formulas.Feature);
    }

    [Theory]
    [InlineData("sets.h5")]
    [InlineData("grouped_sets.h5")]
    public void ReadsBothSetsWithAllThatIsKnown(string file)
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("hdf5", file), s_sets).Matrices;
        Assert.Equal([FeatureRole.Query, FeatureRole.Gallery], matrices.Select(matrix => matrix.Role));
        Formulas.AssertFeatures(matrices[0], 4, 5, Formulas.Feature);
        Formulas.AssertFeatures(matrices[1], 9, 5, Formulas.Feature);
        foreach (FeatureMatrix matrix in matrices)
        {
            Assert.Equal(Formulas.Labels(matrix.RowCount), matrix.Labels!);
            Assert.Equal(Formulas.Names(matrix.RowCount), matrix.Names!);
            Assert.Equal(file == "sets.h5" ? Formulas.Cameras(matrix.RowCount) : null, matrix.Cameras);
        }
    }

    [Theory]
    [InlineData("groups_earliest.h5")]
    [InlineData("groups_latest.h5")]
    public void FindsDatasetsInGroupsAndWhatLiesBesideThem(string file)
    {
        FeatureMatrix matrix = Hdf5Fixtures.Read(file);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6), matrix.Labels!);

        // Two datasets in run/1, one at the top, 30 others; the second way to run leads to nothing new.
        Assert.Contains("and 21 more", Hdf5Fixtures.Refused(file, "absent").Message);
        Formulas.AssertFeatures(Hdf5Fixtures.Read(file, "run/1/embeddings"), 6, 5, Formulas.Feature);
    }

    [Theory]
    [InlineData("names")]
    [InlineData("fixed")]
    [InlineData("spaces")]
    public void ReadsNamesOfEveryKind(string dataset)
    {
        FeatureReadOptions options = new() { NameColumn = dataset };
        Assert.Equal(Formulas.Names(5), FeatureFile.Read(TestPaths.Data("hdf5", "names.h5"), options).Matrices[0].Names!);
    }

    [Theory]
    [InlineData("empty", new[] { "", "b", "", "d", "e" })]
    [InlineData("column", new[] { "a", "b", "c", "d", "e" })]
    public void ReadsNamesOfOtherShapes(string dataset, string[] expected) => Assert.Equal(
        expected, FeatureFile.Read(TestPaths.Data("hdf5", "names.h5"), new FeatureReadOptions { NameColumn = dataset }).Matrices[0].Names!);

    [Fact]
    public void MapsWhatLiesInOnePiece()
    {
        string path = TestPaths.Data("hdf5", "sets.h5");
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(path, s_sets with { MemoryMapped = true }).Matrices;
        Assert.All(matrices, matrix => Assert.True(matrix.IsMemoryMapped));
        Formulas.AssertFeatures(matrices[1], 9, 5, Formulas.Feature);
        GnnReRankException error = Formulas.Refused(
            TestPaths.Data("hdf5", "layouts.h5"), new FeatureReadOptions { MemoryMapped = true, FeatureColumns = ["rows"] });
        Assert.Equal("MemoryMappedCompressed", error.ErrorId);
    }

    [Fact]
    public void ReadsBehindABlockOfAnotherProgram()
    {
        using TemporaryFolder folder = new();
        byte[] file = File.ReadAllBytes(TestPaths.Data("hdf5", "sets.h5"));
        File.WriteAllBytes(folder["a.h5"], [.. new byte[512], .. file]);
        Assert.Equal(2, FeatureFile.Read(folder["a.h5"], s_sets).Matrices.Count);
    }

    [Fact]
    public void StopsWhenCancelled()
    {
        FeatureReadOptions options = s_sets with { Compute = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) } };
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureFile.Read(TestPaths.Data("hdf5", "sets.h5"), options));
    }
}
