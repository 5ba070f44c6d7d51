using GnnReRank.Formats.Npy;
using GnnReRank.Storage;

namespace GnnReRank.Cluster.Files;

/// <summary>The .npy files of a job's features.</summary>
internal static class ShardFile
{
    /// <summary>Maps a shard.</summary>
    /// <exception cref="GnnReRankException">It is not there, was cut short, or holds something else.</exception>
    public static FeatureStorage Map(string path, int rowCount, int dimension)
    {
        if (!File.Exists(path))
        {
            throw PartErrors.Missing(path);
        }

        NpyHeader header;
        long length;
        using (FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete))
        {
            length = stream.Length;
            try
            {
                header = NpyHeader.Read(stream);
            }
            catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
            {
                throw PartErrors.Broken(path, broken.Message);
            }
        }

        FeatureElementType? type = header.Descriptor switch
        {
            "<f4" => FeatureElementType.Float32,
            "<f2" => FeatureElementType.Float16,
            _ => null,
        };
        if (type is null || header.IsColumnMajor || !header.Shape.SequenceEqual([rowCount, dimension]))
        {
            throw PartErrors.Broken(
                path, $"it has {string.Join(" x ", header.Shape)} values of type {header.Descriptor}, and " +
                $"{rowCount:N0} x {dimension:N0} of <f4 or <f2 were expected");
        }

        long expected = header.Length + ((long)rowCount * dimension * (type == FeatureElementType.Float16 ? 2 : 4));
        return length < expected
            ? throw PartErrors.CutShort(path, length, expected)
            : MappedStorage.Open(path, header.Length, rowCount, dimension, type.Value);
    }
}
