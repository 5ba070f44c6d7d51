using System.Globalization;
using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>University-1652: a folder for each view and part, with a folder for each building, whose number is the label.</summary>
/// <param name="queryView">The view of the queries: drone, satellite or street.</param>
/// <param name="galleryView">The view of the gallery.</param>
internal sealed class UniversityReader(string queryView, string galleryView) : IDatasetReader
{
    private const string TestFolder = "test";

    private readonly string _query = $"query_{queryView.ToLowerInvariant()}";
    private readonly string _gallery = $"gallery_{galleryView.ToLowerInvariant()}";

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.University1652];

    public string Variant { get; } = $"{queryView}To{galleryView}";

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(
            kind, path, $"a folder '{TestFolder}', or what holds it, with the folders {_query} and {_gallery}, each with a folder a building such as 0839");
        string[] parent = !place.HasFolder(_query) && place.HasFolder(TestFolder) ? [TestFolder] : [];
        return new DatasetTruth(Set(_query), Set(_gallery));

        DatasetImage[] Set(string folder)
        {
            string[] at = [.. parent, folder];
            DatasetImage[] images = [.. place.Folders(at).SelectMany(building => Building(place, building, [.. at, building], cancellation))];
            return images.Length > 0 ? images : throw place.Missing("folder of a building in", at);
        }
    }

    private static IEnumerable<DatasetImage> Building(DatasetPlace place, string name, string[] folder, CancellationToken cancellation) =>
        long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long label)
            ? place.Images(cancellation, folder).Select(image => new DatasetImage(image, label))
            : throw new GnnReRankException(
                "DatasetNamesDoNotFit", ErrorKind.InvalidData,
                $"'{place.Path}': the folder '{string.Join('/', folder)}' is not named by a number, as a building is. Expected is {place.Layout}.");
}
