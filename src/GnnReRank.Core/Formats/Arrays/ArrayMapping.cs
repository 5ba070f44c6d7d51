using GnnReRank.Storage;

namespace GnnReRank.Formats.Arrays;

/// <summary>Maps feature arrays whose bytes in the file are those that the engine reads, and says why others are not.</summary>
internal static class ArrayMapping
{
    private const string Otherwise = "or leave -MemoryMapped out.";

    /// <summary>Maps a matrix, or its first rows.</summary>
    /// <param name="array">The features.</param>
    /// <param name="rows">All its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="wanted">The precision asked for, or null.</param>
    /// <param name="first">How many rows to map; null maps all.</param>
    /// <exception cref="GnnReRankException">The array cannot be mapped as it lies in the file.</exception>
    public static FeatureStorage Map(NumericArray array, int rows, int columns, FeatureElementType? wanted, int? first = null)
    {
        FeatureElementType stored = StoredType(array);
        if (wanted is not null && wanted != stored)
        {
            throw Refused(
                array, "MemoryMappedConversion",
                $"is stored as {stored}, and -ElementType {wanted} was asked for: mapped values are used as they are. Leave -ElementType out, {Otherwise}");
        }

        if (array.IsColumnMajor && rows > 1 && columns > 1)
        {
            throw Refused(
                array, "MemoryMappedOrder",
                "lies in Fortran order, column after column, and rows are needed one after the other. " +
                $"Save it with numpy.save('NAME.npy', numpy.ascontiguousarray(x)), {Otherwise}");
        }

        long offset = array.Locate() ?? throw Refused(
            array, "MemoryMappedCompressed",
            $"is compressed or kept in pieces. Save it with numpy.savez, which does not compress, or with numpy.save, {Otherwise}");
        try
        {
            return MappedStorage.Open(array.Path, offset, first ?? rows, columns, stored);
        }
        catch (IOException exception) when (exception is not EndOfStreamException)
        {
            throw new GnnReRankException(
                "MemoryMappingFailed", ErrorKind.NotSupported,
                $"'{array.Path}': the system could not map {array.Text} ({exception.Message.TrimEnd('.')}). Copy the file to a local disk, {Otherwise}", exception);
        }
    }

    private static FeatureElementType StoredType(NumericArray array)
    {
        ArrayElementType type = array.Type;
        if (type is not { Kind: ElementKind.FloatingPoint, Size: sizeof(float) or sizeof(ushort) })
        {
            throw Refused(
                array, "MemoryMappedElementType",
                $"holds {type}, and float32 and float16 can be mapped. Save it with numpy.save('NAME.npy', x.astype('float32')), {Otherwise}");
        }

        if (type.IsBigEndian == BitConverter.IsLittleEndian)
        {
            throw Refused(
                array, "MemoryMappedByteOrder",
                $"holds {type} in the byte order of other machines. Save it with numpy.save('NAME.npy', x.astype('{type}')), {Otherwise}");
        }

        return type.Size == sizeof(float) ? FeatureElementType.Float32 : FeatureElementType.Float16;
    }

    private static GnnReRankException Refused(NumericArray array, string errorId, string why) =>
        new(errorId, ErrorKind.NotSupported, $"'{array.Path}': {array.Text} {why}");
}
