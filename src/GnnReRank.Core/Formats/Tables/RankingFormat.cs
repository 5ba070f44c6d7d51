namespace GnnReRank;

/// <summary>The file formats of rankings.</summary>
public enum RankingFormat
{
    /// <summary>Apache Parquet, one row a (query, rank).</summary>
    Parquet,

    /// <summary>Comma-separated text, one row a (query, rank). Read with tabs too, where the file's ending is .tsv.</summary>
    Csv,

    /// <summary>JSON lines: one object a query.</summary>
    JsonLines,

    /// <summary>The run format of TREC: query Q0 document rank score tag.</summary>
    Trec,

    /// <summary>One NumPy array of scores, distances or gallery indices, a row a query. Read only.</summary>
    Npy,

    /// <summary>The same in a NumPy archive. Read only.</summary>
    Npz,

    /// <summary>The same in a MATLAB file. Read only.</summary>
    Mat,

    /// <summary>The same in an HDF5 file. Read only.</summary>
    Hdf5,

    /// <summary>Lists of gallery indices: the number of lists, their length, then the indices, all of 32 bits; distances may follow. Read only.</summary>
    Ibin,

    /// <summary>Lists of gallery indices: each its length and then the indices, all of 32 bits. Read only.</summary>
    Ivecs,
}
