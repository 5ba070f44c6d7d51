using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats.Selection;

/// <summary>Files of which some rows and columns are read, against the same files read whole.</summary>
public sealed class SelectiveImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, bool> Fixtures => new()
    {
        { "numpy", "f2.npy", false },
        { "numpy", "f4_big.npy", false },
        { "numpy", "f4_fortran.npy", false },
        { "numpy", "f8_fortran_big.npy", false },
        { "numpy", "i8.npy", false },
        { "numpy", "u1.npy", false },
        { "numpy", "bool.npy", false },
        { "numpy", "plain.npz", false },
        { "numpy", "names_big.npz", false },
        { "numpy", "sets.npz", true },
        { "numpy", "stored.npz", true },
        { "numpy", "sets.mat", true },
        { "numpy", "sets_compressed.mat", true },
        { "numpy", "wide.mat", false },
        { "numpy", "cell_names.mat", false },
        { "parquet", "duckdb_list_float_snappy.parquet", false },
        { "parquet", "duckdb_list_decimal.parquet", false },
        { "parquet", "duckdb_array_float_zstd.parquet", false },
        { "parquet", "duckdb_columns_double_uncompressed.parquet", false },
        { "parquet", "duckdb_columns_lz4_v2.parquet", false },
        { "parquet", "duckdb_row_groups.parquet", false },
        { "parquet", "duckdb_sets.parquet", true },
        { "parquet", "rust_fixed_float16.parquet", false },
        { "parquet", "rust_byte_stream_split.parquet", false },
        { "text", "duckdb_named.csv", false },
        { "text", "duckdb_tabs.tsv", false },
        { "text", "numpy_bare.csv", false },
        { "text", "numpy_header.csv", false },
        { "vectors", "members.tsv.gz", false },
        { "vectors", "sets.safetensors", true },
        { "vectors", "bf16.safetensors", false },
        { "vectors", "plain.fvecs", false },
        { "vectors", "plain.bvecs", false },
        { "vectors", "plain.ivecs", false },
        { "vectors", "images", false },
        { "hdf5", "sets.h5", true },
        { "hdf5", "grouped_sets.h5", true },
        { "hdf5", "matlab73.mat", false },
        { "pickle", "table_p0.pkl", false },
        { "pickle", "table_p5.pkl", false },
        { "pickle", "nested.pkl", true },
        { "pickle", "by_name.pkl", false },
        { "pickle", "by_name_rows.pkl", false },
        { "pickle", "list_of_lists.pkl", false },
        { "pickle", "tuple.pkl", false },
        { "pickle", "fortran_big.pkl", false },
        { "torch", "table.pt", false },
        { "torch", "table_legacy.pt", false },
        { "torch", "table_deflated.pt", false },
        { "torch", "sets.pt", true },
        { "torch", "transposed.pt", false },
        { "torch", "strided_bf16.pt", false },
        { "torch", "tensors_in_pickle_p4.pkl", false },
        { "arrow", "js_fixed_float32.arrow", false },
        { "arrow", "js_fixed_float16.arrow", false },
        { "arrow", "js_dictionary.arrow", false },
        { "arrow", "js_columns.arrow", false },
        { "arrow", "js_batches.arrow", false },
        { "arrow", "js_stream.arrows", false },
        { "arrow", "js_sets.arrow", true },
        { "arrow", "polars_lz4.arrow", false },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void TakesOfAFileWhatAFilterTakesOfTheWhole(string folder, string file, bool hasSets) =>
        AssertEveryCase(TestPaths.Data(folder, file), hasSets ? [FeatureRole.Query, FeatureRole.Gallery] : []);

    /// <summary>More values than a block of the reader, in rows and in columns that lie together.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TakesOfAnArrayOfManyBlocks(bool columnMajor)
    {
        string path = _folder["large.npy"];
        byte[] data = [.. Enumerable.Range(0, 300 * 700).SelectMany(place => BitConverter.GetBytes((float)(place * 7 % 1001) + 1))];
        File.WriteAllBytes(path, NpyBytes.Make("<f4", "(300, 700)", data, columnMajor));
        AssertEveryCase(path, []);
        FeatureReadOptions far = new() { Rows = new RowSelection { Indices = [3, 40, 41, 250] }, Columns = [0, 5, 6, 680] };
        SelectionOracle.AssertTaken(Only(path, new()), far, () => Only(path, far));
    }

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".npz")]
    [InlineData(".csv")]
    [InlineData(".csv.gz")]
    [InlineData(".arrow")]
    [InlineData(".safetensors")]
    public void TakesOfWhatTheWritersWrite(string ending)
    {
        float[] values = [.. Enumerable.Range(0, 2600 * 40).Select(place => (place * 7 % 1001) + 0.5f)];
        string path = _folder["written" + ending];
        FeatureFile.Write(path, [new FeatureMatrix(
            values, 2600, 40, Enumerable.Range(0, 2600).Select(row => (long)row % 11), Enumerable.Range(0, 2600).Select(row => row % 3),
            Enumerable.Range(0, 2600).Select(row => $"img_{row:D4}.jpg"))]);
        AssertEveryCase(path, []);
    }

    [Fact]
    public void AFirstThatIsReachedLeavesTheRestOfATextUnread()
    {
        string path = _folder["damaged.csv"];
        File.WriteAllLines(path, ["label,f0,f1", "1,0.5,1", "2,0.5,2", "1,0.5,3", "2,not a number,", "3,1"]);
        Assert.Equal(2, Only(path, new() { Rows = new RowSelection { First = 2 } }).RowCount);
        Assert.Equal([3f], Only(path, new() { Rows = new RowSelection { Indices = [2] }, Columns = [1] }).GetRow(0));
        Assert.Equal("BadField", Assert.Throws<GnnReRankException>(() => Only(path, new() { Rows = new RowSelection { First = 4 } })).ErrorId);
    }

    [Fact]
    public void RowsThatAreNotTakenMayBeUnusable()
    {
        string path = _folder["zeros.csv"];
        File.WriteAllLines(path, ["label,f0,f1", "1,0.5,1", "2,0,0", "1,0,0", "3,2,2"]);
        Assert.Equal(2, Only(path, new() { Rows = new RowSelection { Labels = [1, 3] }, SkipInvalid = true }).RowCount);
        FeatureReadResult result = FeatureFile.Read(path, new() { Rows = new RowSelection { First = 2 }, SkipInvalid = true });
        Assert.Contains("1 of 2 rows dropped", Assert.Single(result.Warnings));
        Assert.Equal(2, Only(path, new() { Rows = new RowSelection { Labels = [2], Cameras = null, Exclude = true, Indices = [1, 2] }, SkipInvalid = true })
            .RowCount);
    }

    [Fact]
    public void AnIndexPastTheEndIsAnErrorInEveryFormat()
    {
        string[] files = [TestPaths.Data("numpy", "f4.npy"), TestPaths.Data("numpy", "plain.npz"), TestPaths.Data("text", "duckdb_named.csv"),
            TestPaths.Data("parquet", "duckdb_list_float_snappy.parquet"), TestPaths.Data("parquet", "duckdb_row_groups.parquet"),
            TestPaths.Data("arrow", "js_batches.arrow"), TestPaths.Data("torch", "table.pt"), TestPaths.Data("pickle", "table_p5.pkl"),
            TestPaths.Data("vectors", "plain.fvecs"), TestPaths.Data("vectors", "images"), TestPaths.Data("vectors", "f32.safetensors"),
            TestPaths.Data("hdf5", "matlab73.mat")];
        foreach (string file in files)
        {
            foreach (int index in new[] { -1, 100_000 })
            {
                RowSelection selection = new() { Indices = [0, index], First = 1 };
                GnnReRankException error = Assert.Throws<GnnReRankException>(() => Only(file, new() { Rows = selection }));
                Assert.Equal("RowIndexOutOfRange", error.ErrorId);
                Assert.Contains($"go from 0 to {Only(file, new()).RowCount - 1}.", error.Message);
            }

            Assert.Equal("ColumnIndexOutOfRange", Assert.Throws<GnnReRankException>(() => Only(file, new() { Columns = [0, 3000] })).ErrorId);
            Assert.Equal("NoColumnSelected", Assert.Throws<GnnReRankException>(() => Only(file, new() { Columns = [] })).ErrorId);
        }
    }

    [Fact]
    public void OfAMappedFileTheFirstRowsCanBeTakenAndNoOthers()
    {
        string path = TestPaths.Data("numpy", "stored.npz");
        FeatureReadOptions options = new() { MemoryMapped = true, Sets = [FeatureRole.Gallery], Rows = new RowSelection { First = 2 } };
        FeatureMatrix first = Only(path, options);
        Assert.True(first.IsMemoryMapped);
        SelectionOracle.AssertTaken(Only(path, new() { Sets = [FeatureRole.Gallery] }), options, () => first);
        Assert.Equal("MemoryMappedSelection", Assert.Throws<GnnReRankException>(() => Only(path, options with { Columns = [0] })).ErrorId);
        Assert.Equal(
            "MemoryMappedSelection", Assert.Throws<GnnReRankException>(() => Only(path, options with { Rows = new RowSelection { Labels = [1] } })).ErrorId);
        Assert.Equal("MemoryMappedOrder", Assert.Throws<GnnReRankException>(
            () => Only(TestPaths.Data("numpy", "f4_fortran.npy"), new() { MemoryMapped = true, Rows = new RowSelection { First = 1 } })).ErrorId);
    }

    [Fact]
    public void ATableThatItsReaderDidNotSelectFromIsSelectedFromAfterwards()
    {
        FeatureMatrix known = FeatureSamples.Known();
        GnnReRank.Formats.Tables.FeatureTable table = new() { Storage = known.Storage, Labels = [1, 2, 3, 1, 2, 3, 1], Names = FeatureSamples.AwkwardNames };
        FeatureReadOptions options = new() { Rows = new RowSelection { Labels = [1], First = 2 }, Columns = [2, 0] };
        GnnReRank.Formats.Tables.FeatureTable taken = GnnReRank.Formats.Tables.TableSelection.Apply(table, "x", options);
        Assert.Equal([FeatureSamples.AwkwardNames[0], FeatureSamples.AwkwardNames[3]], taken.Names!);
        Assert.Equal([known[0, 0], known[0, 2]], taken.Storage.Row(0).ToArray());
        Assert.Equal([known[3, 0], known[3, 2]], taken.Storage.Row(1).ToArray());
        Assert.Same(taken, GnnReRank.Formats.Tables.TableSelection.Apply(taken, "x", options));
    }

    private static void AssertEveryCase(string path, FeatureRole[] sets)
    {
        FeatureReadOptions whole = new() { Sets = sets, SkipInvalid = true };
        IReadOnlyList<FeatureMatrix> full = FeatureFile.Read(path, whole).Matrices;
        for (int set = 0; set < full.Count; set++)
        {
            FeatureRole[] asked = sets.Length == 0 ? [] : [sets[set]];
            foreach (FeatureReadOptions options in SelectionOracle.Cases(full[set]))
            {
                SelectionOracle.AssertTaken(full[set], options, () => Only(path, options with { Sets = asked }));
            }
        }
    }

    private static FeatureMatrix Only(string path, FeatureReadOptions options) => Assert.Single(FeatureFile.Read(path, options).Matrices);
}
