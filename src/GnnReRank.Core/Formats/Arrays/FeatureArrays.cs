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

    private static FeatureElementType StoredAs(NumericArray array) =>
        array.Type is { Kind: ElementKind.FloatingPoint, Size: sizeof(ushort) } ? FeatureElementType.Float16 : FeatureElementType.Float32;
}
