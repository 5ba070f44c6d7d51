namespace GnnReRank.Formats.Tables;

/// <summary>What can be memory-mapped, as far as the options and the format tell.</summary>
internal static class MemoryMapping
{
    /// <exception cref="GnnReRankException">The options ask for a mapping that cannot be.</exception>
    public static void Check(string path, IFeatureReader reader, FeatureReadOptions options)
    {
        if (!options.MemoryMapped)
        {
            return;
        }

        if (!reader.CanMap)
        {
            throw new GnnReRankException(
                "MemoryMappedFormat", ErrorKind.NotSupported,
                $"'{path}': {reader.Format} files cannot be memory-mapped, .npy, .safetensors, uncompressed .npz and HDF5 files of float32 or float16 can. " +
                "Save the features with numpy.save('NAME.npy', x.astype('float32')) or Export-FeatureMatrix NAME.npy, or leave -MemoryMapped out.");
        }

        if (options.SkipInvalid)
        {
            throw new GnnReRankException(
                "MemoryMappedSkipInvalid", ErrorKind.NotSupported,
                $"'{path}': -SkipInvalid and -MemoryMapped were both given, and no row can be dropped from a file that stays where it is. " +
                "Leave -SkipInvalid out, and drop the rows that the error names before the file is written; or leave -MemoryMapped out.");
        }

        if (options.Columns is not null || options.Rows is { TakesAll: false, IsPrefix: false })
        {
            throw new GnnReRankException(
                "MemoryMappedSelection", ErrorKind.NotSupported,
                $"'{path}': of a file that stays where it is -First can be taken, and no other rows or columns. " +
                "Leave -MemoryMapped out: only what is selected is then kept in memory.");
        }
    }
}
