using GnnReRank.Storage;

namespace GnnReRank.Formats.Arrays;

/// <summary>Makes storages of feature arrays: read into memory, or mapped where they lie.</summary>
internal static class FeatureArrays
{
    /// <summary>Reads or maps a matrix.</summary>
    /// <param name="array">The features.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="options">Which of the two, and in which precision.</param>
    /// <exception cref="GnnReRankException">Memory does not suffice, or the array cannot be mapped.</exception>
    public static FeatureStorage Read(NumericArray array, int rows, int columns, FeatureReadOptions options)
    {
        if (options.MemoryMapped)
        {
            return ArrayMapping.Map(array, rows, columns, options.ElementType);
        }

        return (options.ElementType ?? StoredAs(array)) == FeatureElementType.Float16
            ? new ArrayStorage<Half>(ArrayReader.Read<Half>(array, rows, columns, ElementConversion.ToHalves, options.Compute), rows, columns)
            : new ArrayStorage<float>(ArrayReader.Read<float>(array, rows, columns, ElementConversion.ToSingles, options.Compute), rows, columns);
    }

    /// <summary>Reads some rows and columns of a matrix, or maps its first rows.</summary>
    /// <param name="array">The features.</param>
    /// <param name="rows">All its rows.</param>
    /// <param name="columns">All its columns.</param>
    /// <param name="pick">What to take.</param>
    /// <param name="options">Whether to read or to map, and in which precision.</param>
    /// <exception cref="GnnReRankException">Memory does not suffice, or the array cannot be mapped.</exception>
    public static FeatureStorage Read(NumericArray array, int rows, int columns, ArrayPick pick, FeatureReadOptions options)
    {
        (int height, int width) = (pick.RowCount(rows), pick.ColumnCount(columns));
        if (options.MemoryMapped)
        {
            return ArrayMapping.Map(array, rows, columns, options.ElementType, first: height);
        }

        return (options.ElementType ?? StoredAs(array)) == FeatureElementType.Float16
            ? new ArrayStorage<Half>(ArrayReader.Read<Half>(array, rows, columns, pick, ElementConversion.ToHalves, options.Compute), height, width)
            : new ArrayStorage<float>(ArrayReader.Read<float>(array, rows, columns, pick, ElementConversion.ToSingles, options.Compute), height, width);
    }

    private static FeatureElementType StoredAs(NumericArray array) =>
        array.Type is { Kind: ElementKind.FloatingPoint, Size: sizeof(ushort) } ? FeatureElementType.Float16 : FeatureElementType.Float32;
}
