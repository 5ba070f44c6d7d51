namespace GnnReRank.Tests.Formats.Fuzz;

/// <summary>The valid files that are mutated and cut, with how each is read. One line a file.</summary>
internal static class FuzzCases
{
    private static readonly FeatureReadOptions _whole = new();
    private static readonly FeatureReadOptions _sets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };

    private static readonly Dictionary<string, FeatureReadOptions> _options = new()
    {
        ["numpy/f2_big.npy"] = _whole,
        ["numpy/f4_fortran.npy"] = _whole,
        ["numpy/version3.npy"] = _whole,
        ["numpy/i8.npy"] = _whole,
        ["numpy/sets.npz"] = _sets,
        ["numpy/plain.npz"] = _whole,
        ["numpy/names_big.npz"] = _whole,
        ["numpy/sets.mat"] = _sets,
        ["numpy/sets_compressed.mat"] = _sets,
        ["numpy/cell_names.mat"] = _whole,
        ["numpy/char_names.mat"] = _whole,
        ["numpy/matlab_big.mat"] = _whole,
        ["parquet/duckdb_list_float_snappy.parquet"] = _whole,
        ["parquet/duckdb_columns_lz4_v2.parquet"] = _whole,
        ["parquet/duckdb_sets.parquet"] = _sets,
        ["parquet/rust_fixed_float16.parquet"] = _whole,
        ["parquet/rust_byte_stream_split.parquet"] = _whole,
        ["hdf5/types.h5"] = _whole with { FeatureColumns = ["f4_big"] },
        ["hdf5/sets.h5"] = _sets,
        ["hdf5/grouped_sets.h5"] = _sets,
        ["hdf5/groups_latest.h5"] = _whole with { LabelColumn = "run/1/labels" },
        ["hdf5/latest.h5"] = _whole with { FeatureColumns = ["fixed_gzip"] },
        ["hdf5/layouts.h5"] = _whole with { FeatureColumns = ["all"] },
        ["hdf5/matlab73.mat"] = _whole,
        ["hdf5/hloc.h5"] = _whole,
        ["hdf5/image_groups.h5"] = _whole,
        ["hdf5/ann.hdf5"] = _sets,
        ["vectors/sets.safetensors"] = _sets,
        ["vectors/bf16.safetensors"] = _whole,
        ["vectors/plain.fvecs"] = _whole,
        ["vectors/plain.bvecs"] = _whole,
        ["vectors/members.tsv.gz"] = _whole,
        ["pickle/table_p0.pkl"] = _whole,
        ["pickle/table_p2.pkl"] = _whole,
        ["pickle/table_p5.pkl"] = _whole,
        ["pickle/nested.pkl"] = _sets,
        ["pickle/by_name.pkl"] = _whole,
        ["pickle/python2_table.pkl"] = _whole,
        ["torch/table.pt"] = _whole,
        ["torch/table_legacy.pt"] = _whole,
        ["torch/table_deflated.pt"] = _whole,
        ["torch/strided_bf16.pt"] = _whole,
        ["torch/tensors_in_pickle_p4.pkl"] = _whole,
        ["arrow/js_fixed_float32.arrow"] = _whole,
        ["arrow/js_dictionary.arrow"] = _whole,
        ["arrow/js_stream.arrows"] = _whole,
        ["arrow/polars_lz4.arrow"] = _whole,
        ["arrow/polars_zstd.arrow"] = _whole,
        ["text/duckdb_named.csv"] = _whole,
        ["text/numpy_tabs.tsv"] = _whole,
    };

    public static TheoryData<string> Files => [.. _options.Keys];

    /// <summary>The files that know how long they are; text and vectors may end after any row, an Arrow stream after any message.</summary>
    public static TheoryData<string> FilesWithAnEnd => [.. _options.Keys.Where(HasAnEnd)];

    /// <summary>All but text.</summary>
    public static TheoryData<string> FilesOfArrays =>
        [.. _options.Keys.Where(file => !file.StartsWith("text/", StringComparison.Ordinal) && !file.EndsWith(".gz", StringComparison.Ordinal))];

    public static FeatureReadOptions OptionsFor(string file) => _options[file];

    // Of the HDF5 files, which all say their length in their first bytes, the smallest stands for the others.
    private static bool HasAnEnd(string file) => file == "hdf5/grouped_sets.h5"
        || !(file.StartsWith("text/", StringComparison.Ordinal) || file.StartsWith("hdf5/", StringComparison.Ordinal)
            || file.EndsWith("vecs", StringComparison.Ordinal) || file.EndsWith(".arrows", StringComparison.Ordinal));

    public static byte[] Bytes(string file) => File.ReadAllBytes(TestPaths.Data(file.Split('/')));
}
