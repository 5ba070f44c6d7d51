namespace GnnReRank;

/// <summary>What to take from a feature file, and what to do with rows that cannot be used.</summary>
public sealed record FeatureReadOptions
{
    /// <summary>The format; null goes by the file's extension.</summary>
    public FeatureFormat? Format { get; init; }

    /// <summary>
    /// The column or array with the features: one list column, or several names or wildcards of columns with one dimension each.
    /// Null finds it by the usual names.
    /// </summary>
    public IReadOnlyList<string>? FeatureColumns { get; init => field = PublicList.Of(value); }

    /// <summary>
    /// The column or array with the labels (identities); null finds it by the usual names, if there is one. What is found by its name and
    /// cannot be labels is left out with a warning; what is named here must be labels: whole numbers or texts (see
    /// <see cref="FeatureMatrix.LabelNames"/>).
    /// </summary>
    public string? LabelColumn { get; init; }

    /// <summary>The column or array with the cameras; null finds it by the usual names, if there is one.</summary>
    public string? CameraColumn { get; init; }

    /// <summary>The column or array with the names; null finds it by the usual names, if there is one.</summary>
    public string? NameColumn { get; init; }

    /// <summary>
    /// A file with the label of each row, in the order of the rows: .npy, .npz, .mat, .h5, .safetensors, .pt, .pth or .pkl with one list of
    /// numbers or texts, .json with a list, .txt or .csv with one a line. Null takes them from the file itself.
    /// </summary>
    public string? LabelPath { get; init; }

    /// <summary>A file with the camera of each row, of the same kinds.</summary>
    public string? CameraPath { get; init; }

    /// <summary>A file with the name of each row, of the same kinds.</summary>
    public string? NamePath { get; init; }

    /// <summary>Take no labels, cameras and names but those that are named above: nothing is found by its usual name except features and sets.</summary>
    public bool ExplicitOnly { get; init; }

    /// <summary>
    /// The sets to take from a file that holds several under the names query_f, query_label, query_cam, gallery_f, ...;
    /// null or empty takes the file as one matrix.
    /// </summary>
    public IReadOnlyList<FeatureRole>? Sets { get; init => field = PublicList.Of(value); }

    /// <summary>The role of a matrix read as a whole file.</summary>
    public FeatureRole Role { get; init; }

    /// <summary>
    /// The rows to take; null takes all. Applied while the file is read, so that rows left out take no memory; in a file with several
    /// sets to each set on its own. Of a memory-mapped file only the first rows can be taken.
    /// </summary>
    public RowSelection? Rows { get; init; }

    /// <summary>0-based feature columns to take, in ascending order and each once; null takes all.</summary>
    public IReadOnlyList<int>? Columns { get; init => field = PublicList.Of(value); }

    /// <summary>
    /// Drop rows with missing features (empty fields, nulls, None), NaN, infinity or nothing but zeros, with a warning, instead of failing. Only
    /// rows taken are looked at.
    /// </summary>
    public bool SkipInvalid { get; init; }

    /// <summary>
    /// The precision to keep the values in; null keeps float16 where the file has it, and float32 for everything else. To
    /// <see cref="FeatureElementType.Float16"/> values are rounded, which halves their memory.
    /// </summary>
    public FeatureElementType? ElementType { get; init; }

    /// <summary>
    /// Leave the features in the file and read them as they are used, so that they may be larger than memory and than one array.
    /// For .npy and .safetensors files, uncompressed .npz arrays and HDF5 datasets in one piece of float32 or float16, in C order and this machine's byte order. The file must not
    /// be changed or cut short while a matrix of it is in use: reading beyond its new end stops the process. The checksum of a .npz
    /// archive is not verified.
    /// </summary>
    public bool MemoryMapped { get; init; }

    /// <summary>Progress and cancellation.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;

    /// <summary>Whether labels may be found by their usual names.</summary>
    internal bool GuessesLabels => !ExplicitOnly && LabelPath is null;

    internal bool GuessesCameras => !ExplicitOnly && CameraPath is null;

    internal bool GuessesNames => !ExplicitOnly && NamePath is null;

    /// <summary>Whether labels, cameras or names lie in files of their own.</summary>
    internal bool HasRowFiles => LabelPath is not null || CameraPath is not null || NamePath is not null;

    /// <summary>Whether some rows or columns may be left out.</summary>
    internal bool IsSelective => Rows is { TakesAll: false } || Columns is not null;
}
