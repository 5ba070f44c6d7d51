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

    /// <summary>MATLAB: v5 (-v6, -v7), as scipy.io.savemat writes it too, and v7.3.</summary>
    Mat,

    /// <summary>Comma-separated text, one column a dimension; compressed with gzip too (.csv.gz).</summary>
    Csv,

    /// <summary>Tab-separated text, one column a dimension; compressed with gzip too (.tsv.gz).</summary>
    Tsv,

    /// <summary>A Python pickle of NumPy arrays, lists and dictionaries; nothing in it is executed.</summary>
    Pickle,

    /// <summary>PyTorch tensors as torch.save writes them; nothing in the file is executed.</summary>
    Torch,

    /// <summary>HDF5 (.h5, .hdf5): named datasets, at any depth of groups.</summary>
    Hdf5,

    /// <summary>Safetensors: named tensors; names of images are a JSON list in the metadata.</summary>
    Safetensors,

    /// <summary>TEXMEX and faiss vectors of float32: features alone.</summary>
    Fvecs,

    /// <summary>TEXMEX and faiss vectors of bytes: features alone.</summary>
    Bvecs,

    /// <summary>TEXMEX and faiss vectors of int32: features alone.</summary>
    Ivecs,

    /// <summary>Vectors of float32 as the big-ann benchmarks, DiskANN and cuVS keep them: features alone.</summary>
    Fbin,

    /// <summary>The same of float16.</summary>
    F16bin,

    /// <summary>The same of int32; ground truth with distances is a neighbour graph.</summary>
    Ibin,

    /// <summary>The same of bytes without sign.</summary>
    U8bin,

    /// <summary>The same of bytes with sign.</summary>
    I8bin,

    /// <summary>A folder with a .npy file for each image; the names are the paths of the files.</summary>
    NpyFolder,

    /// <summary>Apache Arrow IPC, files and streams: Feather version 2.</summary>
    Arrow,
}
