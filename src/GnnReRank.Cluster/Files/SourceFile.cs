using GnnReRank.Formats.Npy;
using GnnReRank.Storage;

namespace GnnReRank.Cluster.Files;

/// <summary>A file of features that a job begins with.</summary>
internal static class SourceFile
{
    /// <summary>The rows and columns of a file: of a plain .npy array from its header alone, of any other by reading it.</summary>
    /// <exception cref="GnnReRankException">It is missing, broken, or holds several matrices.</exception>
    public static (int RowCount, int Dimension) Shape(string path, ComputeOptions options)
    {
        if (PlainHeader(path) is NpyHeader header)
        {
            FeatureMatrixChecks.Extents(header.Shape[0], header.Shape[1], mapped: true);
            return ((int)header.Shape[0], (int)header.Shape[1]);
        }

        FeatureStorage storage = Open(path, options);
        return (storage.RowCount, storage.Dimension);
    }

    /// <summary>The values of a file: those of a plain .npy array mapped, those of any other in memory.</summary>
    /// <exception cref="GnnReRankException">It is missing, broken, or holds several matrices.</exception>
    public static FeatureStorage Open(string path, ComputeOptions options)
    {
        if (PlainHeader(path) is NpyHeader header)
        {
            return ShardFile.Map(path, checked((int)header.Shape[0]), checked((int)header.Shape[1]));
        }

        FeatureReadResult read = FeatureFile.Read(path, new FeatureReadOptions { ExplicitOnly = true, Compute = options });
        return read.Matrices.Count == 1 ? read.Matrices[0].Storage : throw new GnnReRankException(
            "OneMatrixPerSource", ErrorKind.InvalidData,
            $"'{path}' holds {read.Matrices.Count} matrices, and a cluster job takes one a file. Import it, and export each " +
            "matrix to a .npy file of its own.");
    }

    /// <summary>The header of a .npy array that can be mapped as it is; null where the file is anything else.</summary>
    private static NpyHeader? PlainHeader(string path)
    {
        if (!path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            NpyHeader header = NpyHeader.Read(stream);
            return header is { Descriptor: "<f4" or "<f2", IsColumnMajor: false, Shape: [> 0, > 0] } ? header : null;
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            // The reader of such files says what is wrong.
            return null;
        }
    }
}
