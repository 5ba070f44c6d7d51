using GnnReRank.Datasets.Identity;
using GnnReRank.Datasets.Landmarks;
using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets;

/// <summary>The registry of data sets: who reads what.</summary>
internal static class DatasetReaders
{
    /// <summary>One reader for each data set and variant; a data set's usual variant comes first.</summary>
    public static IReadOnlyList<IDatasetReader> Readers { get; } =
    [
        new MarketReader(withJunk: true),
        new MarketReader(withJunk: false),
        new DukeReader(),
        new MsmtReader(),
        new Cuhk03NPReader("Detected"),
        new Cuhk03NPReader("Labeled"),
        new Cuhk03ClassicReader(),
        new VeRiReader(),
        new VehicleIdReader("800"),
        new VehicleIdReader("1600"),
        new VehicleIdReader("2400"),
        new UniversityReader("Drone", "Satellite"),
        new UniversityReader("Satellite", "Drone"),
        new UniversityReader("Street", "Satellite"),
        new UniversityReader("Street", "Drone"),
        new OxfordParisReader(),
        new RevisitedReader(withDistractors: false),
        new RevisitedReader(withDistractors: true),
        new GldReader("Private", "Private"),
        new GldReader("Public", "Public"),
        new GldReader("Both", "Public", "Private"),
        new ProductsReader(),
        new BirdsReader(),
        new CarsReader(),
    ];

    /// <summary>The variants of a data set, the usual one first; none where there is one form.</summary>
    public static IReadOnlyList<string> VariantsOf(DatasetKind kind) =>
        [.. Of(kind).Select(reader => reader.Variant).OfType<string>()];

    /// <summary>The reader of a data set.</summary>
    /// <param name="kind">The data set.</param>
    /// <param name="variant">The variant; null takes the one that the file's name speaks of, else the usual one.</param>
    /// <param name="path">The data set's folder, or the file with the truth.</param>
    /// <exception cref="GnnReRankException">There is no such variant, or the file's name speaks of another.</exception>
    public static IDatasetReader For(DatasetKind kind, string? variant, string path)
    {
        IDatasetReader[] readers = Of(kind);
        if (readers.Length == 0)
        {
            throw new GnnReRankException("DatasetNotRead", ErrorKind.NotSupported, $"There is no reader of {kind} in this version. Name another data set.");
        }

        IDatasetReader? named = File.Exists(path) ? readers.FirstOrDefault(reader => NamedBy(path, reader.Variant)) : null;
        if (variant is null)
        {
            return named ?? readers[0];
        }

        IDatasetReader wanted = readers.FirstOrDefault(reader => string.Equals(reader.Variant, variant, StringComparison.OrdinalIgnoreCase))
            ?? throw NoSuchVariant(kind, variant);
        return named is null || named == wanted ? wanted : throw new GnnReRankException(
            "VariantContradictsFile", ErrorKind.InvalidArgument,
            $"The variant {wanted.Variant} was asked for, and '{path}' is named after {named.Variant}. Leave the variant out, or give the other file.");
    }

    private static IDatasetReader[] Of(DatasetKind kind) => [.. Readers.Where(reader => reader.Kinds.Contains(kind))];

    private static bool NamedBy(string path, string? variant) =>
        variant is not null && Path.GetFileName(path).Contains(variant, StringComparison.OrdinalIgnoreCase);

    private static GnnReRankException NoSuchVariant(DatasetKind kind, string variant)
    {
        IReadOnlyList<string> known = VariantsOf(kind);
        return new GnnReRankException(
            "UnknownVariant", ErrorKind.InvalidArgument,
            $"{kind} has no variant '{variant}'. " + (known.Count == 0 ? "It has one form: leave the variant out." : $"It has: {string.Join(", ", known)}."));
    }
}
