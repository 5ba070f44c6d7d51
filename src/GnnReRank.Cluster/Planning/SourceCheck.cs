using GnnReRank.Formats.Npy;

namespace GnnReRank.Cluster.Planning;

/// <summary>What the header of a source tells beside its shape.</summary>
internal static class SourceCheck
{
    /// <summary>The bytes of a value of a file; of any that is no plain .npy array, those of float32.</summary>
    /// <exception cref="GnnReRankException">The file was cut short.</exception>
    public static int ElementBytes(string path)
    {
        if (!path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            return sizeof(float);
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        NpyHeader header = NpyHeader.Read(stream);
        if (header is not { Descriptor: "<f4" or "<f2", IsColumnMajor: false, Shape: [> 0, > 0] })
        {
            return sizeof(float);
        }

        int bytes = header.Descriptor == "<f2" ? 2 : sizeof(float);
        Int128 claimed = header.Length + ((Int128)header.Shape[0] * header.Shape[1] * bytes);
        return stream.Length >= claimed ? bytes : throw new GnnReRankException(
            "CorruptFile", ErrorKind.InvalidData,
            $"'{path}' has {stream.Length:N0} bytes, and the {header.Shape[0]:N0} x {header.Shape[1]:N0} values of " +
            $"its header take {claimed:N0}: it was cut short. Copy or export it anew.");
    }
}
