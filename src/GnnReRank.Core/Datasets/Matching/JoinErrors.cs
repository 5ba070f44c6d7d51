using GnnReRank.Formats.Files;

namespace GnnReRank.Datasets.Matching;

/// <summary>The errors of joining features to images.</summary>
internal static class JoinErrors
{
    public static GnnReRankException ImageOfTwoRows(string image, int first, string firstName, int second, string secondName) => new(
        "AmbiguousImageName", ErrorKind.InvalidData,
        $"The image '{image}' fits two feature rows equally well: row {first} '{firstName}' and row {second} '{secondName}' (0-based). " +
        "Name the features with their folders, or each image once.");

    public static GnnReRankException RowOfTwoImages(int row, string name, string first, string second) => new(
        "AmbiguousFeatureName", ErrorKind.InvalidData,
        $"Feature row {row} (0-based) '{name}' fits two images: '{first}' and '{second}'. Name the features with their folders.");

    public static GnnReRankException FeaturesAndSets() => new(
        "FeaturesAndSets", ErrorKind.InvalidArgument,
        "Features of all images were given beside those of the query or the gallery: give one matrix with all images, or one for each set.");

    public static GnnReRankException NoNames(string what, FeatureMatrix features, int images) => new(
        "FeaturesWithoutNames", ErrorKind.InvalidArgument,
        FormattableString.Invariant($"The {what} ({features.RowCount:N0} rows) have no names to join by; {images:N0} images are to be joined. ") +
        "Import them with the column that holds the images' names (-NameColumn), or say -InOrder where row i is image i of the data set.");

    public static GnnReRankException WrongCount(string what, FeatureMatrix features, int images) => new(
        "RowCountNotImageCount", ErrorKind.InvalidData,
        FormattableString.Invariant($"The {what} have {features.RowCount:N0} rows, and the data set has {images:N0} images: ") +
        "rows taken in order must be as many. Give the features names and leave -InOrder out, or give the whole set.");

    public static GnnReRankException NoOrder() => new(
        "DatasetWithoutOrder", ErrorKind.InvalidArgument,
        "Rows were to be taken in the data set's order, and its files here name only part of the gallery, in no order. " +
        "Give features with names, or add the file or folder that names all images: see the warnings of a call without features.");

    public static GnnReRankException NothingFits(FeatureRole set, IEnumerable<string> images, IEnumerable<string> features) => new(
        "NoImageHasFeatures", ErrorKind.InvalidData,
        $"No feature row is named after an image of the {Named(set)}. The images are named {FormatErrors.Listed(images.Take(3))}, " +
        $"the features {FormatErrors.Listed(features.Take(3))}. Give the features of this data set, or say -InOrder where row i is image i.");

    public static GnnReRankException Incomplete(string what) => new(
        "DatasetIncomplete", ErrorKind.InvalidData, what + " All are required: give their features too, or do not require all.");

    public static string Named(FeatureRole set) => set == FeatureRole.Query ? "query" : "gallery";
}
