namespace GnnReRank;

/// <summary>The file formats of feature matrices.</summary>
public enum FeatureFormat
{
    /// <summary>Apache Parquet: a list, fixed-size-list or one-column-a-dimension layout.</summary>
    Parquet,

    /// <summary>One NumPy array: features alone.</summary>
    Npy,

    /// <summary>Named NumPy arrays in a zip archive.</summary>
    Npz,

    /// <summary>MATLAB v5 (level 5 MAT-file), as scipy.io.savemat writes it.</summary>
    Mat,

    /// <summary>Comma-separated text, one column a dimension.</summary>
    Csv,

    /// <summary>Tab-separated text, one column a dimension.</summary>
    Tsv,

    /// <summary>A Python pickle of NumPy arrays, lists and dictionaries; nothing in it is executed.</summary>
    Pickle,

    /// <summary>PyTorch tensors as torch.save writes them; nothing in the file is executed.</summary>
    Torch,

    /// <summary>Apache Arrow IPC, files and streams: Feather version 2.</summary>
    Arrow,
}
