namespace GnnReRank.Tests.Formats.Fuzz;

/// <summary>The valid files that are mutated and cut, with how each is read. One line a file.</summary>
internal static class FuzzCases
{
    private static readonly FeatureReadOptions s_whole = new();
    private static readonly FeatureReadOptions s_sets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };

    private static readonly Dictionary<string, FeatureReadOptions> s_options = new()
    {
        ["numpy/f2_big.npy"] = s_whole,
        ["numpy/f4_fortran.npy"] = s_whole,
        ["numpy/version3.npy"] = s_whole,
        ["numpy/i8.npy"] = s_whole,
        ["numpy/sets.npz"] = s_sets,
        ["numpy/plain.npz"] = s_whole,
        ["numpy/names_big.npz"] = s_whole,
        ["numpy/sets.mat"] = s_sets,
        ["numpy/sets_compressed.mat"] = s_sets,
        ["numpy/cell_names.mat"] = s_whole,
        ["numpy/char_names.mat"] = s_whole,
        ["numpy/matlab_big.mat"] = s_whole,
        ["parquet/duckdb_list_float_snappy.parquet"] = s_whole,
        ["parquet/duckdb_columns_lz4_v2.parquet"] = s_whole,
        ["parquet/duckdb_sets.parquet"] = s_sets,
        ["parquet/rust_fixed_float16.parquet"] = s_whole,
        ["parquet/rust_byte_stream_split.parquet"] = s_whole,
        ["hdf5/types.h5"] = s_whole with { FeatureColumns = ["f4_big"] },
        ["hdf5/sets.h5"] = s_sets,
        ["hdf5/grouped_sets.h5"] = s_sets,
        ["hdf5/groups_latest.h5"] = s_whole with { LabelColumn = "run/1/labels" },
        ["hdf5/latest.h5"] = s_whole with { FeatureColumns = ["fixed_gzip"] },
        ["hdf5/layouts.h5"] = s_whole with { FeatureColumns = ["all"] },
        ["hdf5/matlab73.mat"] = s_whole,
        ["hdf5/hloc.h5"] = s_whole,
        ["hdf5/image_groups.h5"] = s_whole,
        ["hdf5/ann.hdf5"] = s_sets,
        ["vectors/sets.safetensors"] = s_sets,
        ["vectors/bf16.safetensors"] = s_whole,
        ["vectors/plain.fvecs"] = s_whole,
        ["vectors/plain.bvecs"] = s_whole,
        ["vectors/members.tsv.gz"] = s_whole,
        ["pickle/table_p0.pkl"] = s_whole,
        ["pickle/table_p2.pkl"] = s_whole,
        ["pickle/table_p5.pkl"] = s_whole,
        ["pickle/nested.pkl"] = s_sets,
        ["pickle/by_name.pkl"] = s_whole,
        ["pickle/python2_table.pkl"] = s_whole,
        ["torch/table.pt"] = s_whole,
        ["torch/table_legacy.pt"] = s_whole,
        ["torch/table_deflated.pt"] = s_whole,
        ["torch/strided_bf16.pt"] = s_whole,
        ["torch/tensors_in_pickle_p4.pkl"] = s_whole,
        ["arrow/js_fixed_float32.arrow"] = s_whole,
        ["arrow/js_dictionary.arrow"] = s_whole,
        ["arrow/js_stream.arrows"] = s_whole,
        ["arrow/polars_lz4.arrow"] = s_whole,
        ["arrow/polars_zstd.arrow"] = s_whole,
        ["text/duckdb_named.csv"] = s_whole,
        ["text/numpy_tabs.tsv"] = s_whole,
    };

    public static TheoryData<string> Files => [.. s_options.Keys];

    /// <summary>The files that know how long they are; text and vectors may end after any row, an Arrow stream after any message.</summary>
    public static TheoryData<string> FilesWithAnEnd => [.. s_options.Keys.Where(HasAnEnd)];

    /// <summary>All but text.</summary>
    public static TheoryData<string> FilesOfArrays =>
        [.. s_options.Keys.Where(file => !file.StartsWith("text/", StringComparison.Ordinal) && !file.EndsWith(".gz", StringComparison.Ordinal))];

    public static FeatureReadOptions OptionsFor(string file) => s_options[file];

    // Of the HDF5 files, which all say their length in their first bytes, the smallest stands for the others.
    private static bool HasAnEnd(string file) => file == "hdf5/grouped_sets.h5"
        || !(file.StartsWith("text/", StringComparison.Ordinal) || file.StartsWith("hdf5/", StringComparison.Ordinal)
            || file.EndsWith("vecs", StringComparison.Ordinal) || file.EndsWith(".arrows", StringComparison.Ordinal));

    public static byte[] Bytes(string file) => File.ReadAllBytes(TestPaths.Data(file.Split('/')));
}
